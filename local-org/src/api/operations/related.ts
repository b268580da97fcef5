import { readId } from '../../values/id.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { notFound } from '../restError.ts';
import { AS_USER, objectOf } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { prepare, query, unmetered } from './query.ts';
import { deleteRow, readableFields, readRowById, updateRow } from './row.ts';

/** `GET /sobjects/Account/001…/Contacts` (children, as a query answers them) and `…/Owner` (the parent). */
export function readRelated(
  context: RestContext,
  request: RestRequest,
  objectName: string,
  id: string,
  relationship: string,
): RestResult {
  const object = objectOf(context, objectName);
  const children = object.children.get(relationship.toLowerCase());
  if (!children) {
    const parent = parentOf(context, objectName, id, relationship);
    return readRowById(context, request, parent.object, parent.id);
  }
  const known = readId(id);
  if (known === null || !context.engine.records.exists(known)) throw notFound();
  const child = objectOf(context, children.object);
  const asked = request.query['fields']?.split(',').map((name) => name.trim());
  if (asked?.some((name) => !/^[\w.]+$/.test(name))) throw notFound();
  const fields = (asked ?? readableFields(context, request, child)).join(', ');
  const q = `SELECT ${fields} FROM ${child.name} WHERE ${children.field} = '${known}'`;
  return query(context, { ...request, query: { q } }, false);
}

/** `PATCH /sobjects/Contact/003…/Account`: changes the parent. */
export function updateRelated(
  context: RestContext,
  request: RestRequest,
  objectName: string,
  id: string,
  relationship: string,
): RestResult {
  const parent = parentOf(context, objectName, id, relationship);
  return updateRow(context, request, parent.object, parent.id);
}

/** `DELETE /sobjects/Contact/003…/Account`: deletes the parent. */
export function deleteRelated(
  context: RestContext,
  request: RestRequest,
  objectName: string,
  id: string,
  relationship: string,
): RestResult {
  const parent = parentOf(context, objectName, id, relationship);
  return deleteRow(context, request, parent.object, parent.id);
}

/** @throws RestError 404 where there is no such relationship or it is empty */
function parentOf(
  context: RestContext,
  objectName: string,
  id: string,
  relationship: string,
): { object: string; id: string } {
  const object = objectOf(context, objectName);
  const lookup = object.parents.get(relationship.toLowerCase());
  const known = readId(id);
  if (!lookup || known === null) throw notFound();
  const prepared = prepare(context, `SELECT ${lookup.name} FROM ${object.name} WHERE Id = :$0`);
  const [row] = unmetered(context.tx, () => context.tx.data.query(prepared, [known], AS_USER));
  const parentId = row instanceof SObjectValue ? row.fields[lookup.name] : null;
  const parent = typeof parentId === 'string' ? context.engine.records.schema.byKeyPrefix(parentId.slice(0, 3)) : null;
  if (!parent || typeof parentId !== 'string') throw notFound();
  return { object: parent.name, id: parentId };
}
