import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address before several services, as a load balancer that knows nothing of their health. */
export interface RoundRobinProxy extends AsyncDisposable {
  readonly url: string;
  /** How many requests went to each service. */
  readonly sent: readonly number[];
}

/** Passes each request on to the next service; 502 where that can't be reached or breaks off. */
export async function startRoundRobinProxy(urls: readonly string[]): Promise<RoundRobinProxy> {
  const sent = urls.map(() => 0);
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const index = turn++ % urls.length;
    sent[index] = (sent[index] ?? 0) + 1;
    const { hostname, port } = new URL(urls[index] ?? '');
    const { method, url: path, headers } = incoming;
    const fail = (): void => {
      if (outgoing.headersSent) outgoing.destroy();
      else outgoing.writeHead(502, { 'content-type': 'text/plain' }).end('no answer');
    };
    const onward = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', fail);
      answer.on('end', () => outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks)));
    });
    onward.on('error', fail);
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
