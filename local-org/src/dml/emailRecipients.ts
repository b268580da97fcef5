import type { DmlFault } from '../engine/data.ts';
import { ApexList } from '../values/list.ts';
import { keyPrefixOf, toId } from '../values/id.ts';
import type { DmlContext } from './context.ts';
import { invalidReference } from './faults.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';

/** The recipient lists of an e-mail, and the type of the relation that each of their ids becomes. */
const LISTS: Readonly<Record<string, string>> = { ToIds: 'ToAddress', CcIds: 'CcAddress', BccIds: 'BccAddress' };
const RECIPIENTS = ['Contact', 'Lead', 'User'];

/** Recipients are contacts, leads and users. The text of the refusal is unverified. */
export function checkRecipients(context: DmlContext, row: SaveRow): DmlFault | null {
  return recipients(row).every(({ id }) => objectOf(context, id) !== null) ? null : invalidReference;
}

/**
 * Each id of a recipient list becomes an EmailMessageRelation of the stored e-mail; the lists themselves are not kept.
 * Source: Object Reference, EmailMessage, fields of the type JunctionIdList.
 */
export function addRecipients(context: DmlContext, row: SaveRow): void {
  const relations = context.store.tableOf('EmailMessageRelation');
  for (const { type, id } of recipients(row)) {
    const relation = {
      ...relations.blankRow(),
      Id: context.store.newId(relations.object),
      EmailMessageId: draftOf(row)['Id'],
      RelationId: id,
      RelationType: type,
      RelationObjectType: objectOf(context, id),
      RelationAddress: context.store.byId(id)?.['Email'] ?? null,
    };
    stamp(relations.object, relation, true);
    context.store.insert(relations, relation);
  }
}

function recipients(row: SaveRow): { readonly type: string; readonly id: string }[] {
  if (row.object.name !== 'EmailMessage' || !row.created) return [];
  const draft = draftOf(row);
  return Object.entries(LISTS).flatMap(([field, type]) => {
    const ids = draft[field];
    return ids instanceof ApexList ? ids.items.map((id) => ({ type, id: toId(id as string | null) ?? '' })) : [];
  });
}

function objectOf(context: DmlContext, id: string): string | null {
  const object = context.schema.byKeyPrefix(keyPrefixOf(id))?.name;
  return object !== undefined && RECIPIENTS.includes(object) && context.store.byId(id) ? object : null;
}
