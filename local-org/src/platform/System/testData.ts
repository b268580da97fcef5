import { current } from '../../engine/current.ts';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { blobText } from '../../values/blob.ts';
import { readDate } from '../../values/date.ts';
import { ApexDatetime, readIsoDatetime } from '../../values/datetime.ts';
import { readDecimal } from '../../values/decimal.ts';
import { raise, required } from '../../values/exception.ts';
import { toId } from '../../values/id.ts';
import type { ApexList } from '../../values/list.ts';
import type { ObjectToken } from '../../values/schemaTokens.ts';
import { SObjectValue } from '../../values/sobject.ts';
import { uncharged } from '../transactionState.ts';
import { staticResource } from './StaticResourceCalloutMock.ts';

/** `Test.getStandardPricebookId`: there in every test, without SeeAllData. */
export function standardPricebook(): string | null {
  const { data } = current.tx;
  return uncharged(() => {
    const query = data.prepare('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
    if ('message' in query) throw new Error(query.message);
    const [row] = data.query(query, [], { mode: 'system', sharing: false });
    return row?.id ?? null;
  });
}

/** `Test.calculatePermissionSetGroup`: what is in the group counts from now on. */
export function calculateGroup(id: string | null): void {
  current.tx.services.writeSystem('PermissionSetGroup', toId(required(id)) as string, { Status: 'Updated' });
}

function isRecord(object: string, id: string): boolean {
  const { data } = current.tx;
  return uncharged(() => {
    const query = data.prepare(`SELECT Id FROM ${object} WHERE Id = '${toId(id)}'`);
    return !('message' in query) && data.query(query, [], { mode: 'system', sharing: false }).length > 0;
  });
}

/** `Test.setCreatedDate`. @throws System.SObjectException for what is no record of the org (unverified: the text) */
export function setCreatedDate(id: string | null, at: ApexDatetime | null): void {
  const object = current.universe.schema.byKeyPrefix(required(id).slice(0, 3));
  const isThere = object && isRecord(object.name, id as string);
  if (!isThere || !current.tx.test) return raise('System.SObjectException', `Test.setCreatedDate: invalid id ${id}`);
  const seconds = Math.floor(required(at).ms / 1000) * 1000;
  current.tx.services.writeSystem(object.name, id as string, { CreatedDate: new ApexDatetime(seconds) });
}

/**
 * `Test.loadData`: inserts what a static resource of comma-separated values holds, and gives the records with their ids. Ids
 * in the file only tie its own records together; they are not kept.
 *
 * @throws System.UnexpectedException for columns that the object does not have (unverified: type and text)
 */
export function loadData(token: ObjectToken | null, resource: string | null): ApexList {
  const { object } = required(token);
  const [head = [], ...rows] = parseCsv(blobText(staticResource(required(resource))).replace(/^\uFEFF/, ''));
  const records = rows.map((cells) => recordOf(object, head, cells));
  const { data } = current.tx;
  data.dml('insert', records, { allOrNone: true, access: { mode: 'system', sharing: current.sharing } });
  return data.listOf(object.name, records);
}

function recordOf(object: ObjectDescriptor, head: readonly string[], cells: readonly string[]): SObjectValue {
  const record = new SObjectValue(object);
  for (const [at, name] of head.entries()) {
    const text = cells[at] ?? '';
    const field = object.fields.get(name.trim().toLowerCase());
    if (!field) {
      return raise('System.UnexpectedException', `Test.loadData: ${object.name} has no field ${name}`);
    }
    if (field.type !== 'id' && text !== '') record.putDynamic(field.name, valueOf(field.apexType, text));
  }
  return record;
}

function valueOf(apexType: string, text: string): unknown {
  switch (apexType) {
    case 'Boolean':
      return /^(true|1)$/i.test(text);
    case 'Integer':
      return Number(text);
    case 'Decimal':
      return readDecimal(text);
    case 'Date':
      return readDate(text.slice(0, 10));
    case 'Datetime':
      return readIsoDatetime(text);
    case 'Id':
      return toId(text);
    default:
      return text;
  }
}

/** RFC 4180: cells in double quotes may hold commas, line ends and doubled quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/g)) {
    const [whole, quoted, plain = '', end = ''] = match;
    if (whole === '' && row.length === 0) break;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.some((cell) => cell !== '')) rows.push(row);
    row = [];
  }
  return rows;
}
