import { current } from '../../engine/current.ts';
import { CORPORATE_CURRENCY } from '../../schema/currencies.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { fieldAtPath } from '../../schema/fieldPath.ts';
import type { FormulaNode } from '../../schema/formula/ast.ts';
import { evaluate, formulaValue, textOf } from '../../schema/formula/evaluate.ts';
import { parsed } from '../../schema/formula/parsed.ts';
import { ApexDatetime, dateIn, userZone } from '../../values/datetime.ts';
import { keyPrefixOf } from '../../values/id.ts';
import { localised, moneyText } from '../../values/localised.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { toText } from '../../values/text.ts';
import { uncharged } from '../transactionState.ts';
import { escapeText } from '../xml/escape.ts';

/**
 * Merge fields of e-mail templates: `{!Contact.FirstName}`, `{!Today}`, `{!IF(…)}` and `{{{Recipient.Name}}}`. Sources:
 * Salesforce Help, Merge Fields for Emails; SOAP API Developer Guide, renderEmailTemplate(): objects that are people come from
 * the recipient, others from the related record. That what has no value leaves nothing behind, and that values in HTML are
 * escaped, is unverified.
 */

/** Whom a message goes to and what it is about; ids. */
export interface MergeSource {
  readonly who: string | null;
  readonly what: string | null;
}

const PEOPLE = new Set(['contact', 'lead', 'user']);
const CLASSIC = /\{!\s*([^}]+)\}/g;
const LIGHTNING = /\{\{\{\s*([\w.]+)\s*\}\}\}/g;

/** A text with its merge fields filled in. @throws FormulaError where one is malformed or uses what is not built */
export function mergeFields(text: string, source: MergeSource, asHtml = false): string {
  const show = (node: FormulaNode): string => {
    const value = node.kind === 'name' ? shownAt(node.path, source) : textOf(evaluate(node, scopeOf(source)));
    return asHtml ? escapeText(value) : value;
  };
  return text
    .replace(LIGHTNING, (_, path: string) => show({ kind: 'name', path: path.split('.'), offset: 0 }))
    .replace(CLASSIC, (_, expression: string) => show(parsed(expression.trim())));
}

function scopeOf(source: MergeSource) {
  const now = current.tx.services.now();
  return {
    read: (path: readonly string[]) => formulaValue(located(path, source)?.value ?? null),
    prior: null,
    isText: (path: readonly string[]) => located(path, source)?.field.apexType === 'String',
    isNew: false,
    blankAsZero: false,
    now,
    today: dateIn(new ApexDatetime(now), userZone()).days,
  };
}

function shownAt(path: readonly string[], source: MergeSource): string {
  if (path.length === 1 && path[0]?.toLowerCase() === 'today') {
    return localised({ type: 'date', scale: 0 }, dateIn(new ApexDatetime(current.tx.services.now()), userZone())) ?? '';
  }
  const found = located(path, source);
  if (!found || found.value === null || found.value === undefined) return '';
  return shown(found.field, found.value);
}

function shown(field: FieldDescriptor, value: unknown): string {
  switch (field.type) {
    case 'currency':
      return moneyText({ value, isoCode: CORPORATE_CURRENCY, places: 2 }) ?? '';
    case 'date':
    case 'datetime':
    case 'time':
    case 'int':
    case 'double':
    case 'percent':
      return localised(field, value) ?? '';
    default:
      return toText(value);
  }
}

interface Located {
  readonly field: FieldDescriptor;
  readonly value: unknown;
}

function located(path: readonly string[], source: MergeSource): Located | null {
  const [root = '', ...rest] = path;
  const record = recordOf(root.toLowerCase(), source);
  if (!record || rest.length === 0) return null;
  const object = current.universe.schema.byKeyPrefix(keyPrefixOf(record.id));
  return object && readField(object, record.id, [...record.prefix, ...rest]);
}

/** The record that the first name of a merge field means, and the way from it. */
function recordOf(root: string, { who, what }: MergeSource): { id: string; prefix: string[] } | null {
  const { user, services } = current.tx;
  const at = (id: string | null, ...prefix: string[]) => (id === null ? null : { id, prefix });
  switch (root) {
    case 'user':
    case 'sender':
      return at(user.id);
    case 'organization':
      return at(services.organizationId);
    case 'recipient':
    case 'receivinguser':
    case 'receiving_user':
      return at(who);
    case 'relatedto':
      return at(what);
  }
  const named = (id: string | null): boolean => id !== null && objectName(id) === root;
  if (PEOPLE.has(root)) return named(who) ? at(who) : named(what) ? at(what) : null;
  if (named(what)) return at(what);
  // A contact's account needs no related record.
  const isAccountOfContact = root === 'account' && who !== null && objectName(who) === 'contact';
  return isAccountOfContact ? at(who, 'Account') : null;
}

function objectName(id: string): string | undefined {
  return current.universe.schema.byKeyPrefix(keyPrefixOf(id))?.name.toLowerCase();
}

function readField(object: ObjectDescriptor, id: string, names: readonly string[]): Located | null {
  const { schema } = current.universe;
  const find = (path: string) => fieldAtPath(object, path, (name) => schema.object(name));
  const path = names.join('.');
  // A relationship shows the name of what it leads to.
  const fullPath = find(path) ? path : `${path}.Name`;
  const target = find(fullPath);
  if (!target) return null;
  const record = oneRecord(`SELECT ${fullPath} FROM ${object.name} WHERE Id = :id`, id);
  if (!record) return null;
  const way = fullPath.split('.');
  let at: SObjectValue | null = record;
  for (const name of way.slice(0, -1)) at = at?.parent(relationshipOf(at.object, name)) ?? null;
  return { field: target.field, value: at?.get(target.field.name) ?? null };
}

function relationshipOf(object: ObjectDescriptor, name: string): string {
  return object.parents.get(name.toLowerCase())?.relationshipName ?? name;
}

/** Merging reads whatever the template names, and counts against no limit. */
function oneRecord(text: string, id: string): SObjectValue | null {
  const { data } = current.tx;
  const query = data.prepare(text);
  if ('message' in query) return null;
  return uncharged(() => data.query(query, [id], { mode: 'system', sharing: false }))[0] ?? null;
}

/** A template as it stands in the org. */
export interface StoredTemplate {
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly html: string;
}

/** The template of this id; null where there is none. */
export function storedTemplate(id: string): StoredTemplate | null {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const row = oneRecord('SELECT TemplateType, Subject, Body, HtmlValue FROM EmailTemplate WHERE Id = :id', id);
  if (!row) return null;
  const [type, subject, body, html] = ['TemplateType', 'Subject', 'Body', 'HtmlValue'].map((name) =>
    text(row.get(name)),
  );
  return { type: type ?? '', subject: subject ?? '', body: body ?? '', html: html ?? '' };
}
