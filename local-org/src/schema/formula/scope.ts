import { current } from '../../engine/current.ts';
import type { FieldDescriptor, ObjectDescriptor, Schema } from '../descriptor.ts';
import type { Row } from '../../store/row.ts';
import type { Store } from '../../store/store.ts';
import { dateIn, ApexDatetime, userZone } from '../../values/datetime.ts';
import { keyPrefixOf } from '../../values/id.ts';
import { FormulaError } from './ast.ts';
import { evaluate, formulaValue } from './evaluate.ts';
import type { FormulaScope, FormulaValue } from './evaluate.ts';
import { parsed } from './parsed.ts';

/** A row whose formulas are evaluated. */
export interface FormulaRow {
  readonly store: Store;
  readonly object: ObjectDescriptor;
  readonly row: Row;
  readonly before: Row | null;
  readonly isNew: boolean;
}

const MOST_NESTED_FORMULAS = 20;
let depth = 0;

/** The scope of formulas over a row: its fields, those of its parents, and `$User`, `$Profile`, `$Permission` … */
export function scopeOf(of: FormulaRow, blankAsZero: boolean): FormulaScope {
  const now = current.tx.services.now();
  const { before } = of;
  return {
    read: (path, offset) => readPath(of, of.row, path, offset),
    prior: before ? (path, offset) => readPath(of, before, path, offset) : null,
    isText: (path) => fieldAt(of, path)?.apexType === 'String',
    isNew: of.isNew,
    blankAsZero,
    now,
    today: dateIn(new ApexDatetime(now), userZone()).days,
  };
}

/** The value of a formula field of a row. */
export function formulaOf(store: Store, object: ObjectDescriptor, field: FieldDescriptor, row: Row): FormulaValue {
  if (field.formula === null) throw new Error(`${object.name}.${field.name} is no formula`);
  if (depth > MOST_NESTED_FORMULAS) throw new FormulaError(`the formula of ${field.name} refers to itself`, 0);
  depth++;
  try {
    const scope = scopeOf({ store, object, row, before: null, isNew: false }, field.blankAsZero);
    return evaluate(parsed(field.formula), scope);
  } finally {
    depth--;
  }
}

/** The field at the end of a path, by what its lookups name first; null where that is no field. */
function fieldAt(of: FormulaRow, path: readonly string[]): FieldDescriptor | null {
  let object: ObjectDescriptor | null = of.object;
  for (const name of path.slice(0, -1)) {
    const [relationship = '', kind] = name.split(':');
    const lookup: FieldDescriptor | undefined = object.parents.get(relationship.toLowerCase());
    object = of.store.schema.object(kind ?? lookup?.referenceTo[0] ?? '');
    if (!object) return null;
  }
  return object.fields.get((path.at(-1) ?? '').toLowerCase()) ?? null;
}

function readPath(of: FormulaRow, start: Row, path: readonly string[], offset: number): FormulaValue {
  const [first = ''] = path;
  if (first.startsWith('$')) return readGlobal(of.store, path, offset);
  let { object } = of;
  let row: Row | null = start;
  for (const name of path.slice(0, -1)) {
    // `Owner:User.Name` names the kind of owner.
    const [relationship = '', kind] = name.split(':');
    const lookup: FieldDescriptor | undefined = object.parents.get(relationship.toLowerCase());
    if (!lookup) throw new FormulaError(`Field ${path.join('.')} does not exist. Check spelling.`, offset);
    const value: unknown = row?.[lookup.name];
    // An id of the wrong kind, which is refused when the row is saved, leads nowhere.
    const id = leadsTo(of.store.schema, lookup, value) ? value : null;
    const target: ObjectDescriptor | null =
      (typeof id === 'string' ? of.store.schema.byKeyPrefix(keyPrefixOf(id)) : null) ??
      of.store.schema.object(kind ?? lookup.referenceTo[0] ?? '');
    if (!target) throw new FormulaError(`Field ${path.join('.')} does not exist. Check spelling.`, offset);
    object = target;
    row = typeof id === 'string' && (kind === undefined || kind === target.name) ? of.store.byId(id) : null;
  }
  const last = path.at(-1) ?? '';
  const field = object.fields.get(last.toLowerCase());
  if (!field) throw new FormulaError(`Field ${path.join('.')} does not exist. Check spelling.`, offset);
  if (row === null) return field.type === 'boolean' ? false : null;
  return field.formula === null ? formulaValue(row[field.name]) : formulaOf(of.store, object, field, row);
}

function leadsTo(schema: Schema, lookup: FieldDescriptor, id: unknown): id is string {
  if (typeof id !== 'string') return false;
  const target = schema.byKeyPrefix(keyPrefixOf(id));
  return target !== null && lookup.referenceTo.includes(target.name);
}

function readGlobal(store: Store, path: readonly string[], offset: number): FormulaValue {
  const [root = '', ...rest] = path;
  const { user } = current.tx;
  const record = (objectName: string, id: string | null): FormulaValue => {
    const object = store.schema.object(objectName);
    const row = id === null ? null : store.byId(id);
    return object && row ? readPath({ store, object, row, before: null, isNew: false }, row, rest, offset) : null;
  };
  switch (root.toLowerCase()) {
    case '$user':
      return themeOf(rest) ?? record('User', user.id);
    case '$profile':
      return record('Profile', user.profileId);
    case '$userrole':
      return record('UserRole', user.roleId);
    case '$organization':
      return record('Organization', current.tx.services.organizationId);
    case '$permission':
      return current.tx.services.hasCustomPermission(rest.join('.'));
    case '$api':
      return apiAddress(rest.join('.'), offset);
    case '$label':
      return labelText(store.schema, rest, offset);
    case '$setup':
      return settingValue(store, store.schema, rest, offset);
    default:
      throw new FormulaError(`local-org does not support ${path.join('.')} in formulas`, offset);
  }
}

/** `$User.UITheme` and `$User.UIThemeDisplayed` are no fields of users; as in UserInfo the theme is that of Lightning. */
function themeOf([name = '', ...more]: readonly string[]): string | null {
  return more.length === 0 && /^UITheme(Displayed)?$/i.test(name) ? 'Theme4d' : null;
}

/** `$Label.Name`, `$Label.c.Name` */
function labelText(schema: Schema, rest: readonly string[], offset: number): string {
  const text = schema.labels?.get((rest.at(-1) ?? '').toLowerCase());
  if (text === undefined) {
    throw new FormulaError(`Field $Label.${rest.join('.')} does not exist. Check spelling.`, offset);
  }
  return text;
}

/** `$Api.Partner_Server_URL_260`, `$Api.Enterprise_Server_URL_590` */
function apiAddress(name: string, offset: number): string {
  const [, kind, version = ''] = /^(Partner|Enterprise)_Server_URL_(\d+)$/i.exec(name) ?? [];
  if (kind === undefined) throw new FormulaError(`local-org does not support $Api.${name} in formulas`, offset);
  const service = kind.toLowerCase() === 'partner' ? 'u' : 'c';
  const organization = current.tx.services.organizationId.slice(0, 15);
  return `https://local.my.salesforce.com/services/Soap/${service}/${Number(version) / 10}.0/${organization}`;
}

/** `$Setup.Settings__c.Enabled__c`: of the user, the profile or the organisation, the first that has a value. */
function settingValue(store: Store, schema: Schema, rest: readonly string[], offset: number): FormulaValue {
  const [objectName = '', fieldName = ''] = rest;
  const object = schema.object(objectName);
  const field = object?.fields.get(fieldName.toLowerCase());
  if (!object || !field)
    throw new FormulaError(`Field $Setup.${rest.join('.')} does not exist. Check spelling.`, offset);
  const { user } = current.tx;
  const table = store.table(object);
  for (const owner of [user.id, user.profileId, current.tx.services.organizationId]) {
    const [row] = table.find('SetupOwnerId', owner);
    const value = row ? formulaValue(row[field.name]) : null;
    if (value !== null) return value;
  }
  return null;
}
