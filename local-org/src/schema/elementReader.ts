import type { Problem, XmlElement } from './xml.ts';

/**
 * Reads the child elements of one element. What has been neither read nor named as ignored is reported by
 * {@link finish}, so that no metadata is silently dropped.
 */
export class ElementReader {
  readonly element: XmlElement;
  readonly file: string;
  readonly #problems: Problem[];
  readonly #known = new Set<string>();

  constructor(element: XmlElement, file: string, problems: Problem[]) {
    this.element = element;
    this.file = file;
    this.#problems = problems;
  }

  all(name: string): XmlElement[] {
    this.#known.add(name);
    return this.element.children.filter((child) => child.name === name);
  }

  one(name: string): XmlElement | null {
    const found = this.all(name);
    const second = found[1];
    if (second) this.invalid(second, `Element ${name} is duplicated at this location in type ${this.element.name}`);
    return found[0] ?? null;
  }

  readers(name: string): ElementReader[] {
    return this.all(name).map((child) => new ElementReader(child, this.file, this.#problems));
  }

  reader(name: string): ElementReader | null {
    const child = this.one(name);
    return child ? new ElementReader(child, this.file, this.#problems) : null;
  }

  text(name: string): string | null {
    return this.one(name)?.text ?? null;
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === null || text === '') {
      this.invalid(this.element, `Required field is missing: ${name}`);
      return '';
    }
    return text;
  }

  boolean(name: string, fallback = false): boolean {
    const child = this.one(name);
    if (!child) return fallback;
    if (child.text !== 'true' && child.text !== 'false') {
      this.invalid(child, `'${child.text}' is not a valid value for the boolean ${name}: use true or false`);
      return fallback;
    }
    return child.text === 'true';
  }

  integer(name: string, fallback: number): number {
    const child = this.one(name);
    if (!child) return fallback;
    if (!/^-?\d+$/.test(child.text)) {
      this.invalid(child, `'${child.text}' is not a valid value for the whole number ${name}`);
      return fallback;
    }
    return Number(child.text);
  }

  /** One of the given values, in their spelling. */
  choice<T extends string>(name: string, values: readonly T[], fallback: T): T {
    const child = this.one(name);
    if (!child) return fallback;
    const found = values.find((value) => value === child.text);
    if (found === undefined) {
      this.invalid(child, `'${child.text}' is not a valid value for ${name}: use ${values.join(', ')}`);
      return fallback;
    }
    return found;
  }

  /** Elements that are valid and that nothing in local-org depends on (labels of pages, help, layouts …). */
  ignore(...names: string[]): void {
    for (const name of names) this.#known.add(name);
  }

  /** Reports children that were neither read nor ignored. */
  finish(): void {
    for (const child of this.element.children) {
      if (this.#known.has(child.name)) continue;
      this.invalid(
        child,
        `Element ${child.name} invalid at this location in type ${this.element.name}: local-org does not know it`,
      );
    }
  }

  invalid(at: XmlElement, message: string): void {
    this.#problems.push({ file: this.file, line: at.line, message, kind: 'invalid' });
  }

  notBuilt(at: XmlElement, message: string): void {
    this.#problems.push({ file: this.file, line: at.line, message, kind: 'notBuilt' });
  }
}
