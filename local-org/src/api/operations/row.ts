import type { FieldDescriptor, ObjectDescriptor } from '../../schema/descriptor.ts';
import { readId } from '../../values/id.ts';
import { RestError, notFound } from '../restError.ts';
import { bodyObject } from './body.ts';
import { AS_USER, baseUrl, objectOf } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { publishEvent } from './events.ts';
import { prepare } from './query.ts';
import { fieldValue } from './readRow.ts';
import { rowJson } from './rowJson.ts';
import { candidate, findByKey, save, saveError } from './save.ts';
import type { Candidate } from './save.ts';

/** `POST /sobjects/Lead`; an event is published. */
export function createRow(context: RestContext, request: RestRequest, objectName: string): RestResult {
  const event = context.engine.records.schema.object(objectName);
  if (event?.event) return publishEvent(context, request, event);
  const object = objectOf(context, objectName);
  const outcome = saveOne(context, request, 'insert', candidate(context, object, bodyObject(request.body)));
  return { status: 201, body: { id: outcome.id, success: true, errors: [] } };
}

/** `PATCH /sobjects/Lead/00Q…` */
export function updateRow(context: RestContext, request: RestRequest, objectName: string, id: string): RestResult {
  const object = objectOf(context, objectName);
  const known = idOf(object, id);
  const body = bodyObject(request.body);
  refuseId(body);
  const one = candidate(context, object, body);
  if ('row' in one) one.row.fields['Id'] = known;
  saveOne(context, request, 'update', one);
  return { status: 204 };
}

/** `DELETE /sobjects/Lead/00Q…` */
export function deleteRow(context: RestContext, request: RestRequest, objectName: string, id: string): RestResult {
  const object = objectOf(context, objectName);
  saveOne(context, request, 'delete', candidate(context, object, { Id: idOf(object, id) }));
  return { status: 204 };
}

/** `GET /sobjects/Lead/00Q…?fields=A,B`: all fields that the user may read where none are named. */
export function readRowById(context: RestContext, request: RestRequest, objectName: string, id: string): RestResult {
  const object = objectOf(context, objectName);
  return { status: 200, body: selectOne(context, request, object, 'Id', idOf(object, id)) };
}

/** `GET /sobjects/Account/Code__c/x` */
export function readRowByKey(
  context: RestContext,
  request: RestRequest,
  objectName: string,
  fieldName: string,
  value: string,
): RestResult {
  const object = objectOf(context, objectName);
  const field = keyField(object, fieldName);
  return { status: 200, body: selectOne(context, request, object, field.name, fieldValue(field, value)) };
}

/** `PATCH /sobjects/Account/Code__c/x`: updates the record with this external id, or creates it. */
export function upsertRow(
  context: RestContext,
  request: RestRequest,
  objectName: string,
  fieldName: string,
  value: string,
): RestResult {
  const object = objectOf(context, objectName);
  const field = keyField(object, fieldName);
  const body = bodyObject(request.body);
  refuseId(body);
  const one = candidate(context, object, body);
  if ('row' in one) one.row.fields[field.name] = fieldValue(field, value);
  const outcome = saveOne(context, request, 'upsert', one, field.name);
  const { id, created } = outcome;
  return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
}

/** `DELETE /sobjects/Account/Code__c/x` */
export function deleteRowByKey(
  context: RestContext,
  request: RestRequest,
  objectName: string,
  fieldName: string,
  value: string,
): RestResult {
  const object = objectOf(context, objectName);
  const field = keyField(object, fieldName);
  const id = findByKey(context, object.name, field, fieldValue(field, value));
  if (id === null) throw notFound();
  return deleteRow(context, request, objectName, id);
}

/** The field of a path such as `/sobjects/Account/Code__c/x`. @throws RestError 404 where it identifies no record. */
export function keyField(object: ObjectDescriptor, name: string): FieldDescriptor {
  const field = object.fields.get(name.toLowerCase());
  if (field && (field.externalId || field.idLookup || field.type === 'id')) return field;
  throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
}

/** True where the second part of a path names a field and not a record. */
export function isKeyField(object: ObjectDescriptor, name: string): boolean {
  return object.fields.has(name.toLowerCase());
}

function idOf(object: ObjectDescriptor, text: string): string {
  const id = readId(text);
  if (id === null || !id.startsWith(object.keyPrefix)) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${text}`);
  }
  return id;
}

function refuseId(body: Readonly<Record<string, unknown>>): void {
  const name = Object.keys(body).find((key) => key.toLowerCase() === 'id');
  if (name === undefined) return;
  throw new RestError(400, 'INVALID_FIELD', 'The Id field should not be specified in the sobject data.', [name]);
}

function saveOne(
  context: RestContext,
  request: RestRequest,
  operation: 'insert' | 'update' | 'upsert' | 'delete',
  one: Candidate,
  externalId: string | null = null,
) {
  const { outcomes } = save(context, request, operation, [one], { allOrNone: false, externalId });
  const [outcome] = outcomes;
  if (!outcome) throw new Error('a save of one record came to no outcome');
  if (!outcome.success) throw saveError(outcome);
  return outcome;
}

function selectOne(
  context: RestContext,
  request: RestRequest,
  object: ObjectDescriptor,
  keyName: string,
  value: unknown,
): unknown {
  const asked = request.query['fields'];
  const names =
    asked === undefined ? readableFields(context, request, object) : asked.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!/^[\w.]+$/.test(name))
      throw new RestError(400, 'INVALID_FIELD', `No such column '${name}' on entity '${object.name}'`);
  }
  const prepared = prepare(context, `SELECT ${names.join(', ')} FROM ${object.name} WHERE ${keyName} = :$0 LIMIT 2`);
  const [row, second] = context.tx.data.query(prepared, [value], AS_USER);
  if (!row) throw notFound();
  if (second) throw new RestError(300, 'MULTIPLE_CHOICES', `More than one ${object.name} has this ${keyName}`);
  return rowJson(row, baseUrl(request));
}

/** Names of the fields that the user may read, but those that show others. */
export function readableFields(context: RestContext, request: RestRequest, object: ObjectDescriptor): string[] {
  const { records } = context.engine;
  return [...object.fields.values()]
    .filter(({ type }) => type !== 'address' && type !== 'location')
    .filter((field) => records.mayReadField(request.user.id, object, field))
    .map(({ name }) => name);
}
