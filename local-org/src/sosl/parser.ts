import { raise } from '../values/exception.ts';

/** Which fields a search looks at. */
export type SearchGroup = 'all' | 'name' | 'email' | 'phone' | 'sidebar';

/** A parsed SOSL query. */
export interface SoslQuery {
  /** The text to find, or the name of the bind that holds it. */
  readonly find: { readonly text: string } | { readonly bind: string };
  readonly group: SearchGroup;
  readonly returning: readonly SoslObject[];
  /** Over all objects; null for the platform's own limit. */
  readonly limit: string | null;
  /** `WITH HIGHLIGHT`, `WITH SNIPPET (…)`; null where nothing is to be marked. */
  readonly marks: string | null;
}

/** `Account(Id, Name WHERE Name != 'x' ORDER BY Name LIMIT 5)`: the parts as they are written. */
export interface SoslObject {
  readonly object: string;
  /** Empty where only ids are asked for. */
  readonly fields: string;
  readonly where: string | null;
  /** `ORDER BY …`, with LIMIT and OFFSET. */
  readonly rest: string;
}

/** @throws System.QueryException at what is no SOSL */
export function parseSosl(text: string): SoslQuery {
  return new Reader(text).query();
}

const NOT_BUILT = /^(WITH|UPDATE|TOLABEL|USING|FORMAT)\b/i;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  query(): SoslQuery {
    if (!this.#take(/FIND\b/iy)) this.#fail();
    const find = this.#find();
    const group = this.#take(/IN\s+(ALL|NAME|EMAIL|PHONE|SIDEBAR)\s+FIELDS\b/iy);
    const returning: SoslObject[] = [];
    if (this.#take(/RETURNING\b/iy)) {
      do returning.push(this.#object());
      while (this.#take(/,/y));
    }
    // Sharing and field rights are decided elsewhere.
    this.#take(/WITH\s+(USER_MODE|SYSTEM_MODE|SECURITY_ENFORCED)\b/iy);
    // Results are never corrected here, and what a test fixes is not looked for: it has no highlights or snippets.
    while (this.#take(/WITH\s+SPELL_CORRECTION\s*=\s*(TRUE|FALSE)\b/iy)) continue;
    const shown = this.#take(/WITH\s+(?:HIGHLIGHT\b|SNIPPET\b(?:\s*\(\s*target_length\s*=\s*\d+\s*\))?)/iy);
    while (this.#take(/WITH\s+SPELL_CORRECTION\s*=\s*(TRUE|FALSE)\b/iy)) continue;
    const limit = this.#take(/LIMIT\s+(\d+|:\s*[\w$.]+)/iy);
    this.#space();
    const left = this.#text.slice(this.#at);
    if (left !== '')
      this.#fail(NOT_BUILT.test(left) ? `local-org does not support this clause of SOSL: ${left}` : undefined);
    const words = (group?.[1] ?? 'ALL').toLowerCase() as SearchGroup;
    return { find, group: words, returning, limit: limit?.[1] ?? null, marks: shown?.[0] ?? null };
  }

  #find(): SoslQuery['find'] {
    const bind = this.#take(/:\s*([\w$.]+)/y);
    if (bind?.[1] !== undefined) return { bind: bind[1] };
    const quoted = this.#take(/'((?:[^'\\]|\\.)*)'/y) ?? this.#take(/\{((?:[^}\\]|\\.)*)\}/y);
    if (quoted?.[1] === undefined) return this.#fail();
    return { text: quoted[1].replace(/\\(.)/g, '$1') };
  }

  #object(): SoslObject {
    const name = this.#take(/(\w+)/y)?.[1] ?? this.#fail();
    if (!this.#take(/\(/y)) return { object: name, fields: '', where: null, rest: '' };
    const inside = this.#parenthesised();
    const [fieldsAndWhere = '', rest = ''] = split(inside, /\b(?:ORDER\s+BY|LIMIT|OFFSET)\b/i);
    const [fields = '', where] = split(fieldsAndWhere, /\bWHERE\b/i);
    return {
      object: name,
      fields: fields.trim(),
      where: where?.replace(/^WHERE/i, '').trim() ?? null,
      rest: rest.trim(),
    };
  }

  /** Everything up to the closing parenthesis, which is passed. */
  #parenthesised(): string {
    const from = this.#at;
    let depth = 1;
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === "'") {
        const end = /'(?:[^'\\]|\\.)*'/y;
        end.lastIndex = this.#at;
        this.#at += (end.exec(this.#text)?.[0].length ?? this.#fail()) - 1;
      } else if (char === '(') depth++;
      else if (char === ')' && --depth === 0) return this.#text.slice(from, this.#at++);
    }
    return this.#fail();
  }

  #space(): void {
    const space = /\s*/y;
    space.lastIndex = this.#at;
    this.#at += space.exec(this.#text)?.[0].length ?? 0;
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    this.#space();
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match) this.#at += match[0].length;
    return match;
  }

  #fail(message?: string): never {
    const near = this.#text.slice(this.#at, this.#at + 20);
    return raise('System.QueryException', message ?? `unexpected token: '${near}'`);
  }
}

/** The text before the first keyword outside quotes and parentheses, and from there on. */
function split(text: string, keyword: RegExp): [string, string?] {
  const masked = text.replace(/'(?:[^'\\]|\\.)*'|\([^()]*\)/g, (part) => ' '.repeat(part.length));
  const at = masked.search(keyword);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at)];
}
