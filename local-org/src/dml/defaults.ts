import { createHash } from 'node:crypto';
import { current } from '../engine/current.ts';
import { evaluateDefault } from '../schema/formula/defaults.ts';
import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import type { RowDraft } from '../store/row.ts';
import { toFieldValue } from '../values/fieldValue.ts';
import { decFromDouble, decFromInt } from '../values/decimal.ts';

/** Gives a new row the values that its creator did not. @param given canonical names that were set, to null too. */
export function applyDefaults(object: ObjectDescriptor, draft: RowDraft, given: ReadonlySet<string>): void {
  for (const field of object.fields.values()) {
    const value = draft[field.name];
    if (value !== null && (value !== false || given.has(field.name))) continue;
    // What may not be blank gets its default even where blank was asked for.
    if (given.has(field.name) && (field.nillable || field.type === 'boolean')) continue;
    const standard = defaultOf(field);
    if (standard !== null) draft[field.name] = standard;
  }
  const owner = object.fields.get('ownerid');
  if (owner?.createable && draft['OwnerId'] === null) draft['OwnerId'] = current.tx.user.id;
  if (draft['SetupOwnerId'] === null) {
    draft['SetupOwnerId'] = current.tx.services.organizationId;
  }
  if (object.name === 'User') completeUser(draft, given);
}

/** A user is active and has a nickname, made from the user name, which is unique too. */
function completeUser(draft: RowDraft, given: ReadonlySet<string>): void {
  if (!given.has('IsActive')) draft['IsActive'] = true;
  if (draft['CommunityNickname'] !== null || typeof draft['Username'] !== 'string') return;
  const digest = createHash('sha256').update(draft['Username'].toLowerCase()).digest('hex');
  draft['CommunityNickname'] = `User${digest.slice(0, 16)}`;
}

/** The default of one field as a value, null for none. */
export function defaultOf(field: FieldDescriptor): unknown {
  if (field.defaultFormula !== null) {
    const value = evaluateDefault(field, field.defaultFormula);
    return value === null ? null : toFieldValue(field, value);
  }
  if (field.defaultValue !== null) {
    if (typeof field.defaultValue !== 'number') return field.defaultValue;
    const whole = Number.isInteger(field.defaultValue);
    return whole ? decFromInt(field.defaultValue) : decFromDouble(field.defaultValue);
  }
  if (field.type !== 'picklist' && field.type !== 'multipicklist') return null;
  const values = field.picklist.filter((entry) => entry.default).map((entry) => entry.value);
  return values.length === 0 ? null : values.join(';');
}
