import { z } from 'zod';
import { searchEach } from '../../sosl/search.ts';
import { ApexException, unsupported } from '../../values/exception.ts';
import { RestError } from '../restError.ts';
import { parsed } from './body.ts';
import { AS_USER, baseUrl } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { unmetered } from './query.ts';
import { rowJson } from './rowJson.ts';

/** `GET /search?q=FIND {…}`: SOSL. Source: REST API Developer Guide, Search. */
export function searchSosl(context: RestContext, request: RestRequest): RestResult {
  const { q } = request.query;
  if (q === undefined || q.trim() === '') throw malformed('The q parameter is required');
  return found(context, request, q, () => {
    throw malformed('Bind variables only allowed in Apex code');
  });
}

const name = z.string().regex(/^\w+$/);
const fields = z.array(z.string().regex(/^[\w.]+$/));
const most = z.int().min(1).max(2000);
/** Source: REST API Developer Guide, Search with Parameters in the Request Body; what is not here is not built. */
const parameters = z.strictObject({
  q: z.string().min(1),
  fields: fields.optional(),
  in: z.enum(['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR']).default('ALL'),
  sobjects: z
    .array(
      z.strictObject({
        name,
        fields: fields.optional(),
        limit: most.optional(),
        where: z.string().optional(),
        orderBy: z.string().optional(),
      }),
    )
    .default([]),
  defaultLimit: most.optional(),
  overallLimit: most.default(2000),
  // There is none here.
  spellCorrection: z.boolean().optional(),
});
type Parameters = z.infer<typeof parameters>;

/** `POST /parameterizedSearch` */
export function searchByBody(context: RestContext, request: RestRequest): RestResult {
  return byParameters(context, request, parsed(parameters, request.body));
}

/** `GET /parameterizedSearch?q=…&sobject=Account&Account.fields=id,name` */
export function searchByAddress(context: RestContext, request: RestRequest): RestResult {
  const given: Record<string, unknown> = {};
  const objects = new Map<string, Record<string, unknown>>();
  const { sobject, ...others } = request.query;
  for (const each of list(sobject)) objects.set(each.toLowerCase(), { name: each });
  for (const [key, text] of Object.entries(others)) {
    const [of, part] = key.includes('.') ? key.split('.') : [null, key];
    const holder = of === null ? given : objects.get(of?.toLowerCase() ?? '');
    if (holder && part !== undefined) holder[part] = valueOf(part, text);
  }
  return byParameters(context, request, parsed(parameters, { ...given, sobjects: [...objects.values()] }));
}

function list(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map((part) => part.trim());
}

function valueOf(key: string, text: string): unknown {
  if (key === 'fields') return list(text);
  if (/limit$/i.test(key)) return Number(text);
  return key === 'in' ? text.toUpperCase() : key === 'spellCorrection' ? text === 'true' : text;
}

function byParameters(context: RestContext, request: RestRequest, given: Parameters): RestResult {
  if (given.sobjects.length === 0) unsupported('a search of all objects', 'name the sobjects to search');
  const returning = given.sobjects.map((object) => {
    const selected = object.fields ?? given.fields ?? ['Id'];
    const where = object.where === undefined ? '' : ` WHERE ${object.where}`;
    const order = object.orderBy === undefined ? '' : ` ORDER BY ${object.orderBy}`;
    const limit = object.limit ?? given.defaultLimit;
    return `${object.name}(${selected.join(', ')}${where}${order}${limit === undefined ? '' : ` LIMIT ${limit}`})`;
  });
  const text = `FIND :q IN ${given.in} FIELDS RETURNING ${returning.join(', ')} LIMIT ${given.overallLimit}`;
  return found(context, request, text, (bind) => (bind === 'q' ? given.q : undefined));
}

function found({ tx }: RestContext, request: RestRequest, text: string, bind: (bind: string) => unknown): RestResult {
  const base = baseUrl(request);
  try {
    const all = unmetered(tx, () => searchEach({ text, access: AS_USER, bind, fixed: null }));
    const searchRecords = all.flatMap(({ rows, selection }) => rows.map((row) => rowJson(row, base, selection)));
    return { status: 200, body: { searchRecords } };
  } catch (error) {
    if (!(error instanceof ApexException)) throw error;
    throw malformed(error.text);
  }
}

/** Source: SOAP API Developer Guide, ExceptionCode. */
function malformed(message: string): RestError {
  return new RestError(400, 'MALFORMED_SEARCH', message);
}
