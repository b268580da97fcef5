import { Connection, OAuth2 } from 'jsforce';
import type { Record as SObjectRecord, SaveResult } from 'jsforce';
import { CommandError, messageOf } from './commandError.ts';

/** The version of the REST API that the package is written for. */
export const API_VERSION = '67.0';

/** Records of one call of composite/sobjects. Source: REST API Developer Guide, sObject Collections. */
export const MOST_RECORDS_A_CALL = 200;

/** How a client gets into an org: the address and a connected app with the client-credentials flow. */
export interface OrgLogin {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A connection whose token renews itself. @throws CommandError where the org gives no token */
export async function connect(login: OrgLogin): Promise<Connection> {
  const { instanceUrl, accessToken } = await requestToken(login);
  return new Connection({
    instanceUrl,
    accessToken,
    version: API_VERSION,
    refreshFn: (_connection, renewed) => {
      requestToken(login).then(
        (token) => renewed(null, token.accessToken),
        (error: unknown) => renewed(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
}

async function requestToken(login: OrgLogin): Promise<{ instanceUrl: string; accessToken: string }> {
  const { clientId, clientSecret } = login;
  try {
    const oauth = new OAuth2({ loginUrl: login.url, clientId, clientSecret });
    const token = await oauth.requestToken({ grant_type: 'client_credentials' });
    return { instanceUrl: token.instance_url, accessToken: token.access_token };
  } catch (error) {
    throw new CommandError(
      `The org at ${login.url} gave no token: ${messageOf(error)}. ` +
        'Check that it runs and that client id and secret are those that it was started with.',
      1,
      { cause: error },
    );
  }
}

/** What the fields of a record may hold when it is sent. */
export type FieldValue = string | number | boolean | null | undefined;

/** A record to be inserted; fields that are undefined are left out. */
export type NewRecord = Readonly<Record<string, FieldValue>>;

/**
 * Inserts records, 200 a call, each call all or none. Answers their ids in the order of the records.
 * @throws CommandError naming the first record that was refused, and why
 */
export async function insertAll(
  connection: Connection,
  type: string,
  records: readonly NewRecord[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < records.length; from += MOST_RECORDS_A_CALL) {
    const chunk = records.slice(from, from + MOST_RECORDS_A_CALL);
    const results = await insertChunk(connection, type, chunk);
    ids.push(...results.map((result, index) => idOf(result, type, chunk[index], results)));
  }
  return ids;
}

/** Inserts one record. @throws CommandError where it was refused */
export async function insertOne(connection: Connection, type: string, record: NewRecord): Promise<string> {
  try {
    const result = await connection.sobject(type).create(withoutUndefined(record));
    return idOf(result, type, record, [result]);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw refused(type, record, messageOf(error), error);
  }
}

async function insertChunk(connection: Connection, type: string, chunk: readonly NewRecord[]): Promise<SaveResult[]> {
  try {
    return await connection.sobject(type).create(chunk.map(withoutUndefined), { allOrNone: true });
  } catch (error) {
    throw refused(type, chunk[0], messageOf(error), error);
  }
}

const ROLLED_BACK = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';

function idOf(result: SaveResult, type: string, record: NewRecord | undefined, all: readonly SaveResult[]): string {
  if (result.success) return result.id;
  const faults = all.flatMap(({ errors }) => errors).filter((error) => codeOf(error) !== ROLLED_BACK);
  const [first] = faults.length > 0 ? faults : result.errors;
  const why = first === undefined ? 'no reason given' : `${codeOf(first)}: ${first.message}`;
  throw refused(type, record, why);
}

/** Collections say `statusCode` where single records say `errorCode`. */
function codeOf(error: { errorCode: string; statusCode?: string }): string {
  return error.statusCode ?? error.errorCode;
}

function refused(type: string, record: NewRecord | undefined, why: string, cause?: unknown): CommandError {
  return new CommandError(`The org refused a ${type}: ${why}\n  ${JSON.stringify(record)}`, 1, { cause });
}

function withoutUndefined(record: NewRecord): SObjectRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** All rows of a query, however many pages there are. @throws CommandError with the query */
export async function queryAll<Row extends object>(connection: Connection, soql: string): Promise<Row[]> {
  try {
    const answer = await connection.query<Row>(soql, { autoFetch: true, maxFetch: 100_000 });
    return answer.records;
  } catch (error) {
    throw new CommandError(`The org refused a query: ${messageOf(error)}\n  ${soql}`, 1, { cause: error });
  }
}

/** The one row of a query. @throws CommandError with the mend where there is none */
export async function queryOne<Row extends object>(connection: Connection, soql: string, mend: string): Promise<Row> {
  const [row] = await queryAll<Row>(connection, soql);
  if (row === undefined) throw new CommandError(`Nothing was found. ${mend}\n  ${soql}`);
  return row;
}

/** A text as a SOQL literal. */
export function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Runs Apex once. @throws CommandError with the compiler's or the exception's message */
export async function executeAnonymous(connection: Connection, apex: string): Promise<void> {
  const result = await connection.tooling.executeAnonymous(apex);
  if (result.success) return;
  throw new CommandError(
    `The org refused Apex: ${result.compileProblem ?? result.exceptionMessage ?? 'no reason given'}\n  ${apex}`,
  );
}
