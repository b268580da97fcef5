import * as http from 'node:http';
import * as https from 'node:https';
import type { OutboundRequest, OutboundResponse } from '../services.ts';

const httpAgent = new http.Agent({ keepAlive: true });
const httpsAgent = new https.Agent({ keepAlive: true });

/** Closes the connections that are kept for reuse. */
export function closeConnections(): void {
  httpAgent.destroy();
  httpsAgent.destroy();
}

/**
 * Sends one request and collects the whole answer. Never rejects: what goes wrong is in the result. Redirects are not
 * followed, as Apex does not. `timeoutMs` covers connecting, sending and the whole answer.
 */
export function exchange(request: OutboundRequest): Promise<OutboundResponse> {
  return new Promise((resolve) => {
    let url: URL;
    try {
      url = new URL(request.url);
    } catch {
      resolve({ ok: false, kind: 'failed', message: `no protocol: ${request.url}` });
      return;
    }
    const secure = url.protocol === 'https:';
    if (!secure && url.protocol !== 'http:') {
      resolve({ ok: false, kind: 'failed', message: `unknown protocol: ${url.protocol.replace(/:$/, '')}` });
      return;
    }
    const outgoing = (secure ? https : http).request(url, {
      method: request.method,
      headers: headerObject(request),
      agent: secure ? httpsAgent : httpAgent,
    });
    const timer = setTimeout(() => {
      finish({ ok: false, kind: 'timeout', message: 'Read timed out' });
      outgoing.destroy();
    }, request.timeoutMs);
    // The first of several outcomes counts.
    const finish = (response: OutboundResponse) => {
      clearTimeout(timer);
      resolve(response);
    };
    outgoing.on('error', (error: NodeJS.ErrnoException) => finish(failure(error, url)));
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', (error: NodeJS.ErrnoException) => finish(failure(error, url)));
      incoming.on('end', () =>
        finish({
          ok: true,
          status: incoming.statusCode ?? 0,
          reason: incoming.statusMessage ?? '',
          headers: pairs(incoming.rawHeaders),
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.end(request.body ?? undefined);
  });
}

function headerObject(request: OutboundRequest): Record<string, string | number> {
  const headers: Record<string, string | number> = { 'user-agent': 'local-org', accept: '*/*' };
  for (const [name, value] of request.headers) headers[name.toLowerCase()] = value;
  if (request.body) headers['content-length'] = request.body.byteLength;
  return headers;
}

function pairs(raw: readonly string[]): [string, string][] {
  const list: [string, string][] = [];
  for (let at = 0; at < raw.length; at += 2) list.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return list;
}

function failure(error: NodeJS.ErrnoException, url: URL): OutboundResponse {
  if (error.code === 'ECONNREFUSED') return { ok: false, kind: 'refused', message: 'Connection refused' };
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN')
    return { ok: false, kind: 'failed', message: url.hostname };
  if (error.code === 'ECONNRESET') return { ok: false, kind: 'failed', message: 'Unexpected end of file from server' };
  return { ok: false, kind: 'failed', message: error.message };
}
