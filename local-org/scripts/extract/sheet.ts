import { readFileSync } from 'node:fs';

/**
 * A field sheet (objects/<Object>.txt) holds by hand what the types jar does not say of a standard object: type, length,
 * attributes, labels, picklists. The first line is `name | label | plural | key prefix | words`, then one line a field:
 * `name | type | letters | label | words`, its picklist values below it, each after `-`, the default after `*`.
 *
 * - type: `string(80)`, `currency(18,2)`, `reference(Group,User)`;
 * - letters: c createable, u updateable, n nillable, d defaulted on create; `-` for none;
 * - words: unique, idLookup, autonumber, restricted, nofilter, nosort, filter (of a long text), cascade, feature=…;
 * - `Permissions*` as a name stands for every Boolean field of the jar whose name begins so;
 * - a value `Closed Won = Won {IsClosed Probability=100}` has a label and what it sets in other fields;
 * - words of the object: what can be done with it, setup, event (a platform event), nodml (not by Apex), feature=…;
 * - `> Relationship Object.Field` names the lookup behind a child relationship where it is not the only one;
 *   `> Relationship -` leaves out one that a plain org does not have.
 */
export type Sheet = {
  readonly name: string;
  readonly label: string;
  readonly plural: string;
  readonly keyPrefix: string | null;
  readonly words: ReadonlySet<string>;
  readonly fields: readonly SheetField[];
  /** Child relationship → `Object.Field`. */
  readonly children: ReadonlyMap<string, string>;
};

export type SheetField = {
  readonly name: string;
  readonly type: string;
  /** The arguments of the type: `string(80)` has 80. */
  readonly args: readonly string[];
  readonly letters: string;
  readonly label: string;
  readonly words: ReadonlySet<string>;
  readonly values: SheetValue[];
};

export type SheetValue = {
  readonly value: string;
  readonly label: string;
  readonly default: boolean;
  readonly sets: Readonly<Record<string, string | number | boolean>>;
};

/** Reads one sheet. @throws naming file and line on what it does not understand. */
export function readSheet(file: string): Sheet {
  const [first = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const [name = '', label = '', plural = '', prefix = '', words = ''] = cells(first);
  const fields: SheetField[] = [];
  const children = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const fail = (what: string): never => {
      throw new Error(`${file}:${index + 2}: ${what}: ${line}`);
    };
    if (line.startsWith('  ')) {
      const field = fields.at(-1) ?? fail('a picklist value without a field');
      field.values.push(valueOf(line.trim()));
    } else if (line.startsWith('> ')) {
      const [relationship, lookup] = line.slice(2).split(' ');
      if (!relationship || !lookup) return fail('not a child relationship');
      children.set(relationship, lookup);
    } else fields.push(fieldOf(line) ?? fail('not a field'));
  }
  return { name, label, plural, keyPrefix: prefix || null, words: wordsOf(words), fields, children };
}

function cells(line: string): string[] {
  return line.split('|').map((cell) => cell.trim());
}

function wordsOf(text: string): Set<string> {
  return new Set(text.split(' ').filter(Boolean));
}

function fieldOf(line: string): SheetField | undefined {
  const [name = '', typeText = '', letters = '', label = '', words = ''] = cells(line);
  const match = /^(\w+)(?:\(([^)]*)\))?$/.exec(typeText);
  if (!match || !/^(-|c?u?n?d?)$/.test(letters) || !label) return undefined;
  const [, type = '', args = ''] = match;
  return {
    name,
    type,
    args: args.split(',').filter(Boolean),
    letters,
    label,
    words: wordsOf(words),
    values: [],
  };
}

function valueOf(line: string): SheetValue {
  const match = /^([*-]) (.+?)(?: = (.+?))?(?: \{(.*)\})?$/.exec(line);
  if (!match) throw new Error(`not a picklist value: ${line}`);
  const [, mark, value = '', label = value, sets = ''] = match;
  return { value, label, default: mark === '*', sets: setsOf(sets) };
}

function setsOf(text: string): Record<string, string | number | boolean> {
  const sets: Record<string, string | number | boolean> = {};
  for (const word of wordsOf(text)) {
    const [name = '', value] = word.split('=');
    sets[name] = value === undefined ? true : /^\d+$/.test(value) ? Number(value) : value;
  }
  return sets;
}
