import { raise } from '../../../values/exception.ts';

/** The names of System.JSONToken. */
export type JsonToken =
  | 'START_OBJECT'
  | 'END_OBJECT'
  | 'START_ARRAY'
  | 'END_ARRAY'
  | 'FIELD_NAME'
  | 'VALUE_STRING'
  | 'VALUE_NUMBER_INT'
  | 'VALUE_NUMBER_FLOAT'
  | 'VALUE_TRUE'
  | 'VALUE_FALSE'
  | 'VALUE_NULL';

const NUMBER = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const CLEAN = /[^"\\\0-\x1f]*/y;
const WORD = /\w*/y;
const SHORT: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};

interface Level {
  readonly object: boolean;
  /** Entries so far. */
  count: number;
  name: string | null;
  /** A name was read whose value is still to come. */
  pending: boolean;
}

/** Reads JSON token by token. Messages are those of the parser that Salesforce uses, as far as they are known. */
export class JsonReader {
  readonly source: string;
  /** The current token; null before the first and after the last. */
  token: JsonToken | null = null;
  /** Content of a string or field name, text of a number or literal. */
  text = '';
  /** Where the current token begins. */
  start = 0;
  #at = 0;
  readonly #levels: Level[] = [];
  #root = 0;

  constructor(source: string) {
    this.source = source;
  }

  get depth(): number {
    return this.#levels.length;
  }

  /** The name that the current token stands under: its own for a field name, null in arrays and at the root. */
  get name(): string | null {
    const level =
      this.token === 'START_OBJECT' || this.token === 'START_ARRAY' ? this.#levels.at(-2) : this.#levels.at(-1);
    return level?.object ? level.name : null;
  }

  /** Goes to the next token, and returns it; null at the end. @throws System.JSONException */
  next(): JsonToken | null {
    this.#skipSpace();
    const level = this.#levels.at(-1);
    const char = this.source[this.#at];
    if (char === undefined) {
      if (level) {
        this.#fail(`Unexpected end-of-input: expected close marker for ${level.object ? 'OBJECT' : 'ARRAY'}`);
      }
      return this.#set(null);
    }
    if (!level) {
      if (this.#root++ > 0) return this.#value(char);
      return this.#value(char);
    }
    if (level.pending) {
      level.pending = false;
      return this.#value(char);
    }
    if (char === (level.object ? '}' : ']')) {
      this.start = this.#at++;
      this.#levels.pop();
      return this.#set(level.object ? 'END_OBJECT' : 'END_ARRAY', char);
    }
    let first = char;
    if (level.count++ > 0) {
      if (char !== ',')
        this.#unexpected(`was expecting comma to separate ${level.object ? 'OBJECT' : 'ARRAY'} entries`);
      this.#at++;
      this.#skipSpace();
      first = this.source[this.#at] ?? '';
      if (first === '') this.#fail('Unexpected end-of-input within/between entries');
    }
    return level.object ? this.#fieldName(level, first) : this.#value(first);
  }

  /** Passes over the object or array that has just begun, to its end. */
  skip(): void {
    if (this.token !== 'START_OBJECT' && this.token !== 'START_ARRAY') return;
    const outside = this.depth - 1;
    while (this.depth > outside) this.next();
  }

  /** `[line:1, column:7]` of the current token. */
  get location(): string {
    const { line, column } = this.#place(this.start);
    return `[line:${line}, column:${column}]`;
  }

  #place(at: number): { line: number; column: number } {
    const before = this.source.slice(0, at).split('\n');
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }

  #set(token: JsonToken | null, text = ''): JsonToken | null {
    this.token = token;
    this.text = text;
    return token;
  }

  /** The place is that after the character read, as the parser counts. */
  #fail(problem: string): never {
    const { line, column } = this.#place(Math.min(this.#at + 1, this.source.length + 1));
    raise('System.JSONException', `${problem} at input location [${line},${column}]`);
  }

  #unexpected(expected: string): never {
    const char = this.source[this.#at] ?? '';
    this.#fail(`Unexpected character ('${char}' (code ${char.charCodeAt(0)})): ${expected}`);
  }

  #skipSpace(): void {
    for (; ; this.#at++) {
      const code = this.source.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
    }
  }

  #fieldName(level: Level, char: string): JsonToken | null {
    if (char !== '"') this.#unexpected('was expecting double-quote to start field name');
    this.start = this.#at;
    const name = this.#string();
    this.#skipSpace();
    if (this.source[this.#at] === undefined) this.#fail('Unexpected end-of-input');
    if (this.source[this.#at] !== ':') this.#unexpected('was expecting a colon to separate field name and value');
    this.#at++;
    level.name = name;
    level.pending = true;
    return this.#set('FIELD_NAME', name);
  }

  #value(char: string): JsonToken | null {
    this.start = this.#at;
    switch (char) {
      case '{':
      case '[':
        this.#at++;
        this.#levels.push({ object: char === '{', count: 0, name: null, pending: false });
        return this.#set(char === '{' ? 'START_OBJECT' : 'START_ARRAY', char);
      case '"':
        return this.#set('VALUE_STRING', this.#string());
      case 't':
        return this.#literal('true', 'VALUE_TRUE');
      case 'f':
        return this.#literal('false', 'VALUE_FALSE');
      case 'n':
        return this.#literal('null', 'VALUE_NULL');
      default:
        return /[-0-9]/.test(char) ? this.#number() : this.#noValue(char);
    }
  }

  #noValue(char: string): never {
    if (/[A-Za-z_]/.test(char)) {
      WORD.lastIndex = this.#at;
      this.#fail(`Unrecognized token '${WORD.exec(this.source)?.[0]}': was expecting ('true', 'false' or 'null')`);
    }
    this.#unexpected("expected a valid value (number, String, array, object, 'true', 'false' or 'null')");
  }

  #literal(word: string, token: JsonToken): JsonToken | null {
    WORD.lastIndex = this.#at;
    const found = WORD.exec(this.source)?.[0] ?? '';
    if (found !== word) this.#fail(`Unrecognized token '${found}': was expecting ('true', 'false' or 'null')`);
    this.#at += word.length;
    return this.#set(token, word);
  }

  #number(): JsonToken | null {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.source);
    if (!match) this.#fail('Invalid numeric value');
    this.#at += match[0].length;
    const after = this.source[this.#at] ?? '';
    if (/[0-9]/.test(after)) this.#fail('Invalid numeric value: Leading zeroes not allowed');
    if (/[.A-Za-z_]/.test(after)) this.#unexpected('was expecting a comma, an end or white space after a number');
    const whole = match[2] === undefined && match[3] === undefined;
    return this.#set(whole ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT', match[0]);
  }

  /** From the opening quote to after the closing one. */
  #string(): string {
    let text = '';
    this.#at++;
    for (;;) {
      CLEAN.lastIndex = this.#at;
      const clean = CLEAN.exec(this.source)?.[0] ?? '';
      text += clean;
      this.#at += clean.length;
      const char = this.source[this.#at];
      if (char === undefined) this.#fail('Unexpected end-of-input: was expecting closing quote for a string value');
      this.#at++;
      if (char === '"') return text;
      if (char !== '\\') {
        this.#at--;
        this.#fail(
          `Illegal unquoted character ((CTRL-CHAR, code ${char.charCodeAt(0)})): has to be escaped using backslash to be included in string value`,
        );
      }
      text += this.#escaped();
    }
  }

  #escaped(): string {
    const char = this.source[this.#at++] ?? '';
    const short = SHORT[char];
    if (short !== undefined) return short;
    const hex = this.source.slice(this.#at, this.#at + 4);
    if (char === 'u' && /^[0-9a-fA-F]{4}$/.test(hex)) {
      this.#at += 4;
      return String.fromCharCode(parseInt(hex, 16));
    }
    if (char === 'u') return this.#fail('Unexpected character in a \\u escape: expected a hex-digit');
    return this.#fail(`Unrecognized character escape '${char}' (code ${char.charCodeAt(0)})`);
  }
}
