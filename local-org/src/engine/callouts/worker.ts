import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { Wake } from '../wake.ts';
import { closeConnections, exchange } from './exchange.ts';
import { TokenCache } from './tokens.ts';
import type { CalloutAnswer, CalloutMessage } from './line.ts';
import type { OutboundRequest, OutboundResponse } from '../services.ts';

/** The thread that does the HTTP of Apex, while the engine's thread is blocked in the middle of it. */
const { port, wake: buffer } = workerData as { port: MessagePort; wake: SharedArrayBuffer };
const wake = new Wake(buffer);
const tokens = new TokenCache();

port.on('message', (message: CalloutMessage) => {
  if (message.kind === 'close') {
    closeConnections();
    port.close();
    return;
  }
  const started = performance.now();
  void perform(message.request).then((response) => {
    const answer: CalloutAnswer = { id: message.id, response, ms: performance.now() - started };
    port.postMessage(answer);
    wake.raise();
  });
});

/** With OAuth the token is fetched first, and once more where it is refused. The time of all counts. */
async function perform(request: OutboundRequest): Promise<OutboundResponse> {
  const { oauth } = request;
  if (!oauth) return exchange(request);
  const end = performance.now() + request.timeoutMs;
  const left = () => Math.max(1, end - performance.now());
  for (let attempt = 1; ; attempt++) {
    const result = await tokens.tokenFor(oauth, left());
    if (!result.ok) return result.response;
    const response = await exchange({
      ...request,
      // Of two headers of a name the later is sent.
      headers: [...request.headers, ['authorization', `Bearer ${result.token}`]],
      timeoutMs: left(),
    });
    if (!response.ok || response.status !== 401 || attempt === 2) return response;
    tokens.forget(result.token);
  }
}
