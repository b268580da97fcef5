import { raise } from '../../../values/exception.ts';

interface Level {
  readonly object: boolean;
  count: number;
  /** A name was written whose value is still to come. */
  pending: boolean;
}

/** Writes JSON, compact or indented the way Salesforce does. */
export class JsonWriter {
  readonly #pretty: boolean;
  #out = '';
  readonly #levels: Level[] = [];
  closed = false;

  constructor(pretty: boolean) {
    this.#pretty = pretty;
  }

  get text(): string {
    return this.#out;
  }

  get depth(): number {
    return this.#levels.length;
  }

  startObject(): void {
    this.#begin(true);
  }

  startArray(): void {
    this.#begin(false);
  }

  endObject(): void {
    this.#end(true);
  }

  endArray(): void {
    this.#end(false);
  }

  /** @throws System.JSONException where no name may stand */
  name(name: string): void {
    this.#open();
    const level = this.#levels.at(-1);
    if (!level?.object || level.pending) {
      raise('System.JSONException', 'Can not write a field name, expecting a value');
    }
    this.#out += `${level.count > 0 ? ',' : ''}${this.#newline()}${quote(name)}${this.#pretty ? ' : ' : ':'}`;
    level.count++;
    level.pending = true;
  }

  /** Text that is JSON already. @throws System.JSONException where no value may stand */
  raw(json: string): void {
    this.#beforeValue();
    this.#out += json;
  }

  string(text: string): void {
    this.raw(quote(text));
  }

  #open(): void {
    // unverified: the wording after "JSONGenerator is closed".
    if (this.closed) raise('System.JSONException', 'JSONGenerator is closed');
  }

  #begin(object: boolean): void {
    this.#beforeValue();
    this.#out += object ? '{' : '[';
    this.#levels.push({ object, count: 0, pending: false });
  }

  #end(object: boolean): void {
    this.#open();
    const level = this.#levels.at(-1);
    if (level?.object !== object || level.pending) {
      raise('System.JSONException', `Current context not an ${object ? 'object' : 'ARRAY'}`);
    }
    this.#levels.pop();
    if (this.#pretty) this.#out += object && level.count > 0 ? this.#newline() : ' ';
    this.#out += object ? '}' : ']';
  }

  #beforeValue(): void {
    this.#open();
    const level = this.#levels.at(-1);
    if (!level) return;
    if (level.object) {
      if (!level.pending) raise('System.JSONException', 'Can not write a value, expecting field name');
      level.pending = false;
      return;
    }
    if (level.count++ > 0) this.#out += ',';
    if (this.#pretty) this.#out += ' ';
  }

  /** Only objects are indented; the elements of arrays stand in a line. */
  #newline(): string {
    if (!this.#pretty) return '';
    return `\n${'  '.repeat(this.#levels.filter((level) => level.object).length)}`;
  }
}

/** A text in quotes. */
export function quote(text: string): string {
  // JSON.stringify escapes lone surrogates, which Salesforce writes as they are.
  return JSON.stringify(text);
}
