import type { Implementation } from './define.ts';

/** A platform object that only holds values; what was not set is null. */
export class PropertyBag {
  readonly values = new Map<string, unknown>();

  /** As debug prints it: unverified. */
  toString(): string {
    const name = (this.constructor as { apexName?: string }).apexName ?? '';
    const shown = [...this.values].map(([key, value]) => `${key}=${value === null ? 'null' : String(value)}`);
    return `${name}[${shown.join(';')}]`;
  }
}

export interface PropertyOptions {
  /** It can be read only. */
  readonly readonly?: boolean;
  /** The class has `getX()` and `setX(…)` besides the property, or has the methods alone. */
  readonly methods?: 'both' | 'only' | 'none';
  /** `isX()` instead of `getX()`. */
  readonly is?: boolean;
  /** What it is before it is set. */
  readonly initial?: unknown;
}

/** The members of a property of a {@link PropertyBag}: `Boolean Inline`. */
export function property(declaration: string, options: PropertyOptions = {}): Record<string, Implementation> {
  const at = declaration.lastIndexOf(' ');
  const [type, name] = [declaration.slice(0, at), declaration.slice(at + 1)];
  const { methods = 'none', initial = null } = options;
  const get = ({ values }: PropertyBag): unknown => values.get(name) ?? initial;
  const set = ({ values }: PropertyBag, value: unknown): void => void values.set(name, value);
  const members: Record<string, Implementation> = {};
  if (methods !== 'only') {
    members[`get ${type} ${name}`] = get;
    if (!options.readonly) members[`set ${type} ${name}`] = set;
  }
  if (methods !== 'none') {
    members[`${type} ${options.is ? 'is' : 'get'}${name}()`] = get;
    if (!options.readonly) members[`void set${name}(${type})`] = set;
  }
  return members;
}

/** The members of several properties without accessor methods. */
export function properties(...declarations: readonly string[]): Record<string, Implementation> {
  return Object.assign({}, ...declarations.map((declaration) => property(declaration))) as Record<
    string,
    Implementation
  >;
}
