import { current } from '../engine/current.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { RowDraft } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { ApexDate } from '../values/date.ts';
import { ApexDecimal, decFromInt, decMul, decSetScale } from '../values/decimal.ts';
import { DAY_MS } from '../values/time.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';

/** Fills what the platform sets: id, autonumbers, names that consist of others, and who and when. */
export function setSystemFields(store: Store, row: SaveRow): void {
  const draft = draftOf(row);
  const { object } = row;
  if (row.created) {
    draft['Id'] = store.newId(object);
    setAutoNumbers(store, object, draft);
    setEmptyRollups(object, draft);
  }
  setName(object, draft);
  setPicklistEffects(row, draft);
  setDerived(row, draft);
  if (object.name === 'User') setUserType(store, draft);
  if (object.name === 'Case' && row.created) draft['BusinessHoursId'] ??= defaultHours(store);
  stamp(object, draft, row.created);
}

/** A user is of the kind that the profile is for. Source: Object Reference, User, UserType. */
function setUserType(store: Store, draft: RowDraft): void {
  const profile = store.byId(String(draft['ProfileId']));
  if (profile) draft['UserType'] = profile['UserType'];
}

/** A case runs by the org's default business hours where it names none. Source: Object Reference, Case. */
function defaultHours(store: Store): string | null {
  const hours = store.tableOf('BusinessHours');
  const found = hours.slots.find((candidate) => candidate?.['IsDefault'] === true);
  return (found?.['Id'] as string | undefined) ?? null;
}

/** Audit fields by the org's clock; a user id may be given where the platform itself acts. */
export function stamp(object: ObjectDescriptor, draft: RowDraft, created: boolean, userId = current.tx.user.id): void {
  const now = new ApexDatetime(Math.floor(current.tx.services.now() / 1000) * 1000);
  const set = (name: string, value: unknown) => {
    if (object.fields.has(name.toLowerCase())) draft[name] = value;
  };
  if (created) {
    set('CreatedDate', now);
    set('CreatedById', userId);
  }
  set('LastModifiedDate', now);
  set('LastModifiedById', userId);
  set('SystemModstamp', now);
}

/** A new record has no details: it counts none, and their sum is zero. */
function setEmptyRollups(object: ObjectDescriptor, draft: RowDraft): void {
  for (const { name, rollup } of object.fields.values()) {
    if (rollup?.operation === 'count' || rollup?.operation === 'sum') draft[name] = decFromInt(0);
  }
}

function setAutoNumbers(store: Store, object: ObjectDescriptor, draft: RowDraft): void {
  for (const field of object.fields.values()) {
    if (!field.autoNumber) continue;
    const number = store.nextNumber(object.name, field.name, field.startingNumber);
    draft[field.name] = autoNumberText(field.displayFormat ?? '{00000000}', number, current.tx.services.now());
  }
}

/** `RD-{00000000}` with 12 is `RD-00000012`; `{YYYY}`, `{YY}`, `{MM}`, `{DD}` are of the day. */
export function autoNumberText(format: string, number: number, now: number): string {
  const day = new Date(now).toISOString();
  return format.replace(/\{(0+|YYYY|YY|MM|DD)\}/g, (_, part: string) => {
    if (part.startsWith('0')) return String(number).padStart(part.length, '0');
    if (part === 'YYYY') return day.slice(0, 4);
    if (part === 'YY') return day.slice(2, 4);
    return part === 'MM' ? day.slice(5, 7) : day.slice(8, 10);
  });
}

function setName(object: ObjectDescriptor, draft: RowDraft): void {
  const name = object.fields.get('name');
  if (!name) return;
  if (name.compoundOf.length > 0) {
    draft['Name'] = name.compoundOf
      .map((part) => draft[part])
      .filter((part) => typeof part === 'string')
      .join(' ');
  } else if (object.custom && draft['Name'] === null && object.customSetting === null) {
    draft['Name'] = draft['Id'];
  }
}

/** Choosing a stage or status sets what hangs on it. */
function setPicklistEffects(row: SaveRow, draft: RowDraft): void {
  for (const field of row.object.fields.values()) {
    if (field.type !== 'picklist') continue;
    const value = draft[field.name];
    if (typeof value !== 'string' || row.before?.[field.name] === value) continue;
    for (const [name, effect] of effectsOf(field, value)) {
      const target = row.object.fields.get(name.toLowerCase());
      if (!target) continue;
      // What was given explicitly stays (Probability).
      const given = row.input.fields[target.name];
      if (given !== undefined && given !== null && target.createable) continue;
      draft[target.name] = typeof effect === 'number' ? new ApexDecimal(BigInt(effect), 0) : effect;
    }
  }
}

/** A status that does not close a record opens it again. */
function effectsOf(field: FieldDescriptor, value: string): [string, string | number | boolean][] {
  const effects: Record<string, string | number | boolean> = {};
  for (const { sets } of field.picklist) {
    for (const [name, effect] of Object.entries(sets ?? {})) if (typeof effect === 'boolean') effects[name] = false;
  }
  Object.assign(effects, field.picklist.find((entry) => entry.value === value)?.sets);
  // A lead becomes converted by its conversion, not by a status.
  delete effects['IsConverted'];
  return Object.entries(effects);
}

/** Fields that the platform derives from others of the same row. */
function setDerived(row: SaveRow, draft: RowDraft): void {
  const { object, before } = row;
  const now = current.tx.services.now();
  switch (object.name) {
    case 'Task':
      if (draft['IsClosed'] === true && before?.['IsClosed'] !== true) {
        draft['CompletedDateTime'] = new ApexDatetime(Math.floor(now / 1000) * 1000);
      }
      draft['IsHighPriority'] = draft['Priority'] === 'High';
      break;
    case 'Case':
      if (draft['IsClosed'] !== before?.['IsClosed']) {
        draft['ClosedDate'] = draft['IsClosed'] === true ? new ApexDatetime(Math.floor(now / 1000) * 1000) : null;
      }
      break;
    case 'Opportunity': {
      const close = draft['CloseDate'];
      if (close instanceof ApexDate) {
        draft['FiscalYear'] = close.year;
        draft['FiscalQuarter'] = Math.floor((close.month - 1) / 3) + 1;
        draft['Fiscal'] = `${close.year} ${String(draft['FiscalQuarter'])}`;
      }
      setExpectedRevenue(draft);
      break;
    }
    case 'Lead':
      if (before && before['OwnerId'] !== draft['OwnerId']) {
        draft['LastTransferDate'] = new ApexDate(Math.floor(now / DAY_MS));
      }
      break;
  }
}

/** What an opportunity is expected to bring: its amount by its probability. */
export function setExpectedRevenue(draft: RowDraft): void {
  const amount = draft['Amount'];
  const probability = draft['Probability'];
  if (amount instanceof ApexDecimal && probability instanceof ApexDecimal) {
    const product = decMul(amount, probability);
    draft['ExpectedRevenue'] = decSetScale(new ApexDecimal(product.unscaled, product.scale + 2), 2, 'HALF_UP');
  } else {
    draft['ExpectedRevenue'] = null;
  }
}
