import { gzipSync } from 'node:zlib';
import { current } from '../../engine/current.ts';
import type { OutboundResponse } from '../../engine/services.ts';
import { ApexBlob } from '../../values/blob.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { invoke } from '../../values/invoke.ts';
import { platformClass } from '../define.ts';
import { admitCallout, calloutError, calloutMock } from './callouts.ts';
import type { HttpRequest } from './HttpRequest.ts';
import { HttpResponse } from './HttpResponse.ts';

/** A System.Http. */
class Http {
  static readonly apexName = 'System.Http';

  toString(): string {
    return 'System.Http[]';
  }
}

/** Source: Apex Developer Guide, Execution Governors and Limits: size of a callout's request or response. */
const MOST_BYTES_SYNC = 6_000_000;
const MOST_BYTES_ASYNC = 12_000_000;

export const HttpClass = platformClass('System.Http', {
  'new ()': () => new Http(),
  'HttpResponse send(HttpRequest)': (_http: Http, request: HttpRequest | null) => send(required(request)),
  'String toString()': (http: Http) => http.toString(),
});

function send(request: HttpRequest): HttpResponse {
  const { tx } = current;
  admitCallout();
  if (tx.test) return answerOfMock(request);
  if (request.certificate !== null) unsupported('client certificates outside of tests');
  const { url, headers, oauth } = target(request);
  if (request.method === null) calloutError('Method must be specified.');
  const plain = request.body?.bytes ?? null;
  const body = plain && request.compressed ? gzipSync(plain) : plain;
  checkSize(body?.byteLength ?? 0);
  const own = request.headers.pairs;
  if (request.compressed && body) own.push(['Content-Encoding', 'gzip']);
  const response = tx.services.callout({
    method: request.method.toUpperCase(),
    url,
    headers: [...headers, ...own],
    body,
    timeoutMs: request.timeoutMs,
    oauth,
  });
  return received(response);
}

function answerOfMock(request: HttpRequest): HttpResponse {
  return (
    (invoke(calloutMock('HttpCalloutMock'), 'respond', [request]) as HttpResponse | null) ??
    raise('System.CalloutException', 'The mock of the callout answered null')
  );
}

/** `callout:Name/path?query`, or an address that a remote site setting allows. */
function target(request: HttpRequest) {
  const { services } = current.tx;
  const endpoint = request.endpoint ?? calloutError('Endpoint must be specified.');
  const match = /^callout:([A-Za-z]\w*)(.*)$/is.exec(endpoint);
  if (!match) {
    if (!services.allowsUrl(endpoint)) {
      calloutError(`Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${endpoint}`);
    }
    return { url: endpoint, headers: [], oauth: null };
  }
  const [, name = '', rest = ''] = match;
  const credential = services.namedCredential(name);
  if ('problem' in credential) calloutError(credential.problem);
  const url = rest.startsWith('/') ? credential.url.replace(/\/+$/, '') + rest : credential.url + rest;
  return { url, headers: credential.headers, oauth: credential.oauth };
}

function received(answer: OutboundResponse): HttpResponse {
  if (!answer.ok) calloutError(answer.message);
  checkSize(answer.body.byteLength);
  const response = new HttpResponse();
  response.statusCode = answer.status;
  response.status = answer.reason;
  response.body = new ApexBlob(answer.body);
  for (const [name, value] of answer.headers) response.headers.add(name, value);
  return response;
}

function checkSize(bytes: number): void {
  const most = current.tx.asynchronous ? MOST_BYTES_ASYNC : MOST_BYTES_SYNC;
  if (bytes > most) calloutError(`Exceeded max size limit of ${most}`);
}
