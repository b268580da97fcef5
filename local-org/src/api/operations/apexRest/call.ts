import type { Engine } from '../../../engine/engine.ts';
import type { ApexRestCall, RestAnswer } from '../../../engine/protocol.ts';
import { RestRequest, RestResponse, restContext } from '../../../platform/System/RestContext.ts';
import { serialize } from '../../../platform/System/json/serialize.ts';
import type { MethodSymbol } from '../../../types/type.ts';
import { ApexBlob } from '../../../values/blob.ts';
import type { ApexException } from '../../../values/exception.ts';
import type { ApexMap } from '../../../values/map.ts';
import { methodNotAllowed, notFound, RestError } from '../../restError.ts';
import { argumentsOf } from './bind.ts';
import { resourceFor } from './resources.ts';
import type { HttpVerb, RestResource } from './resources.ts';

/** What Apex REST needs of the project. */
export interface ApexRestParts {
  readonly resources: readonly RestResource[];
  readonly mayRun: (userId: string, className: string) => boolean;
}

const JSON_TYPE = 'application/json';
const WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH'];

/** Answers a request of `/services/apexrest/*` by the class that is mapped to it. @throws RestError, ApexException */
export function callApexRest(engine: Engine, { resources, mayRun }: ApexRestParts, call: ApexRestCall): RestAnswer {
  const user = engine.records.user(call.userId);
  if (!user) throw new RestError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  const path = call.path;
  const resource = resourceFor(resources, path);
  if (!resource) throw notFound('Could not find a match for URL');
  const { className, methods } = resource;
  if (!mayRun(user.id, className)) {
    throw new RestError(403, 'FORBIDDEN', `You do not have access to the Apex class named: ${className}`);
  }
  const method = methods.get(call.method as HttpVerb);
  if (!method) throw methodNotAllowed(call.method, [...methods.keys()]);
  refuseXml(call);
  return engine.run({ kind: 'api', name: `${call.method} /apexrest${path}`, user }, () => {
    const context = restContext();
    const response = new RestResponse();
    context.request = requestOf(call, resource, method);
    context.response = response;
    const result = engine.program.callStatic(className, method.name, boundArguments(call, method));
    return answerOf(method, result, context.response ?? response);
  });
}

/** The form of bodies that local-org has. */
function refuseXml({ headers }: ApexRestCall): void {
  const accept = valueOf(headers, 'accept') ?? '*/*';
  if (/xml/i.test(valueOf(headers, 'content-type') ?? '') || (/xml/i.test(accept) && !/json|\*\/\*/i.test(accept))) {
    throw new RestError(501, 'LOCAL_ORG_UNSUPPORTED', 'local-org does not support XML in Apex REST: send JSON');
  }
}

function boundArguments({ method, body, headers }: ApexRestCall, symbol: MethodSymbol): unknown[] {
  const { params } = symbol;
  if (params.length === 0) return [];
  if (!WITH_BODY.includes(method)) return params.map(() => null);
  const type = valueOf(headers, 'content-type') ?? '';
  if (!type.toLowerCase().startsWith(JSON_TYPE)) {
    const message = `Content-Type header specified in HTTP request is not supported: ${type}`;
    throw new RestError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
  return argumentsOf(symbol, new TextDecoder().decode(body ?? new Uint8Array()));
}

/** A body that is bound to parameters is not shown as requestBody, too. */
function requestOf(call: ApexRestCall, { urlMapping }: RestResource, { params }: MethodSymbol): RestRequest {
  const request = new RestRequest();
  request.httpMethod = call.method;
  request.requestURI = call.path;
  request.resourcePath = `/services/apexrest${urlMapping}`;
  request.remoteAddress = call.remoteAddress;
  for (const [name, value] of call.headers) request.headers?.put(name, value);
  for (const [name, value] of call.query) request.params?.put(name, value);
  if (params.length === 0 && WITH_BODY.includes(call.method)) {
    request.requestBody = new ApexBlob(call.body ?? new Uint8Array());
  }
  return request;
}

/** What the method returns is the answer as JSON; of one that returns nothing, what it put into RestContext.response. */
function answerOf(method: MethodSymbol, result: unknown, response: RestResponse): RestAnswer {
  const status = response.statusCode ?? 200;
  const headers: Record<string, string> = { 'content-type': `${JSON_TYPE};charset=UTF-8`, ...textOf(response.headers) };
  if (method.returns.def.kind !== 'void') return { status, body: serialize(result, false, false), headers };
  const { responseBody } = response;
  return { status, body: responseBody === null ? null : Buffer.from(responseBody.bytes).toString('utf8'), headers };
}

function textOf(headers: ApexMap | null): Record<string, string> {
  const entries = [...(headers?.entries() ?? [])] as [string, string | null][];
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value ?? '']));
}

function valueOf(headers: ApexRestCall['headers'], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}

/** What Apex did not catch, as Apex REST words it: with the lines of Apex. */
export function uncaught(error: ApexException): RestError {
  const stack = error.stackText;
  return new RestError(500, 'APEX_ERROR', stack ? `${error.toString()}\n\n${stack}` : error.toString());
}
