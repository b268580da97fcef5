import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { writeSyntheticTrees } from '../scripts/syntheticTrees.ts';
import type { AssignmentJob } from './assignmentWorker.ts';
import type { BareKind, BareServerOptions } from './bareServer.ts';
import type { BareJob, BareTimes } from './bareWorker.ts';
import { collectGarbage } from './collectGarbage.ts';
import { LoadClient, quantile } from './loadClient.ts';
import { VARIANTS, measuredBody } from './measuredBodies.ts';
import { Measurements } from './measurements.ts';
import { CLIENT_ENVIRONMENT, startProcess, tokenOf } from './serviceProcess.ts';

/** Measures the service with a synthetic model of 200 trees of depth 6, all rows in one run. */
const { values } = parseArgs({
  options: { json: { type: 'string' }, requests: { type: 'string', default: '100000' }, only: { type: 'string' } },
});
const SECONDS = 10;
const CONNECTIONS = 16;
const results = new Measurements();
const folder = mkdtempSync(join(tmpdir(), 'scoring-bench-'));
const manifest = await writeSyntheticTrees(folder, { name: 'trees', trees: 200, depth: 6, draws: 64, seed: 'bench' });
const environment = {
  ...CLIENT_ENVIRONMENT,
  MODEL_DIR: folder,
  MODEL: 'trees',
  LOG_LEVEL: 'warn',
  DEFAULT_DEADLINE_MS: '60000',
};

const parts: Record<string, () => Promise<void>> = {
  handler: async () => {
    await handlerTime(1, 50, 2000, 2);
    await handlerTime(200, 50, 32, 1.3);
  },
  throughput,
  assignment,
  memory,
};
try {
  for (const [name, part] of Object.entries(parts)) {
    if (values.only === undefined || values.only.split(',').includes(name)) await part();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
if (values.json !== undefined) results.save(values.json);
process.exit();

/** The first message of a worker. */
function messageOf<Message>(worker: Worker): Promise<Message> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/**
 * Processor time of the service's thread for one request, all that it does included, against that of what can't be done without:
 * time by the clock would tell how busy the machine is. Beside it the least that the contract asks for (`bareServer.ts`, obliged).
 */
async function handlerTime(leads: number, candidates: number, rounds: number, goal: number): Promise<void> {
  const body = measuredBody(leads, candidates);
  const bodies = Array.from({ length: VARIANTS }, () => body('bare'));
  const storeOf = (name: string): string => join(folder, `${name}-${leads}.sqlite`);
  const ours = await busyTime('./serviceWorker.ts', { ...environment, STORE_FILE: storeOf('handler') }, body, rounds);
  const job: BareJob = { manifest, bodies, rounds };
  const bare = await messageOf<BareTimes>(new Worker(new URL('./bareWorker.ts', import.meta.url), { workerData: job }));
  const least: BareServerOptions = { kind: 'obliged', manifest, bodies, storeFile: storeOf('least') };
  const obliged = await busyTime('./bareServerWorker.ts', least, body, rounds);
  const latencies = `latency p50 ${quantile(ours.latencies, 0.5).toFixed(1)}, p99 ${quantile(ours.latencies, 0.99).toFixed(1)} ms`;
  const yardsticks = [
    ['by leaf tables', bare.leafTables],
    ['by our tables', bare.ownTables],
  ] as const;
  for (const [treeShap, mean] of yardsticks) {
    results.add(
      `handler, ${leads} x ${candidates}, TreeSHAP ${treeShap}`,
      ours.busy / mean,
      ['<=', goal, 'x'],
      `${ours.busy.toFixed(2)} ms of processor time a request against ${mean.toFixed(2)} ms of parse, ONNX and TreeSHAP on one thread; ` +
        `a bare server that checks, explains and stores but decides nothing ${obliged.busy.toFixed(2)} ms, ` +
        `${(obliged.busy / mean).toFixed(1)} x; ${latencies}`,
    );
  }
}

/** Milliseconds of processor time that a server in a worker takes for a request, one after the other. */
async function busyTime(
  program: string,
  workerData: unknown,
  body: (id: string) => string,
  rounds: number,
): Promise<{ busy: number; latencies: number[] }> {
  const server = new Worker(new URL(program, import.meta.url), { workerData });
  const url = await messageOf<string>(server);
  const client = new LoadClient(url, program === './serviceWorker.ts' ? await tokenOf(url) : '', 1);
  const call = async (id: string): Promise<number> => {
    const { status, text, ms } = await client.post('/v1/route', body(id));
    if (status !== 200) throw new Error(`Status ${status}: ${text.slice(0, 300)}`);
    return ms;
  };
  for (let round = 0; round < Math.ceil(rounds / 4); round++) await call(`warm ${round}`);
  const before = await server.cpuUsage();
  const latencies: number[] = [];
  for (let round = 0; round < rounds; round++) latencies.push(await call(`measured ${round}`));
  const { user, system } = await server.cpuUsage(before);
  client.close();
  await server.terminate();
  return { busy: (user + system) / 1000 / rounds, latencies };
}

/** Requests of one lead and fifty candidates a second, both servers in one process, the caller in this one. */
async function throughput(): Promise<void> {
  const body = measuredBody(1, 50);
  const service = await startProcess({ ...environment, STORE_FILE: join(folder, 'throughput.sqlite') });
  const ours = await perSecond(service.url, await service.token(), body);
  await service.stop();
  const bare = await bareRate('model', body);
  const obliged = await bareRate('obliged', body);
  results.add(
    'throughput, 1 x 50, one process',
    ours.rate / bare.rate,
    ['>=', 0.5, 'x'],
    `${ours.rate.toFixed(0)}/s, p99 ${ours.p99.toFixed(0)} ms, against ${bare.rate.toFixed(0)}/s, p99 ` +
      `${bare.p99.toFixed(0)} ms of a bare node:http server that parses and runs the model, explains and stores nothing; ` +
      `the same server that checks, explains and stores but decides nothing ${obliged.rate.toFixed(0)}/s, ` +
      `${(obliged.rate / bare.rate).toFixed(2)} x`,
  );
}

async function bareRate(kind: BareKind, body: (id: string) => string): Promise<{ rate: number; p99: number }> {
  const optionsFile = join(folder, `bare-${kind}.json`);
  const bodies = Array.from({ length: VARIANTS }, () => body('bare'));
  const options: BareServerOptions = { kind, manifest, bodies, storeFile: join(folder, `bare-${kind}.sqlite`) };
  writeFileSync(optionsFile, JSON.stringify(options));
  const program = new URL('./bareServerProcess.ts', import.meta.url).pathname;
  const server = spawn(process.execPath, [program, optionsFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve) => createInterface({ input: server.stdout }).once('line', resolve));
  const rate = await perSecond((JSON.parse(line) as { listening: string }).listening, '', body);
  server.kill();
  return rate;
}

async function perSecond(
  url: string,
  token: string,
  body: (id: string) => string,
): Promise<{ rate: number; p99: number }> {
  const client = new LoadClient(url, token, CONNECTIONS);
  let next = 0;
  const run = async (seconds: number): Promise<number[]> => {
    const end = performance.now() + seconds * 1000;
    const latencies: number[] = [];
    const lane = async (): Promise<void> => {
      while (performance.now() < end) {
        const { status, ms } = await client.post('/v1/route', body(`request ${next++}`));
        if (status === 200) latencies.push(ms);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
    return latencies;
  };
  await run(SECONDS / 4);
  const latencies = await run(SECONDS);
  client.close();
  return { rate: latencies.length / SECONDS, p99: quantile(latencies, 0.99) };
}

async function assignment(): Promise<void> {
  const rows: [string, AssignmentJob, number][] = [
    ['assignment, 200 x 500', { leads: 200, representatives: 500, candidates: 500, whole: false }, 100],
    ['assignment, 200 x 2,000', { leads: 200, representatives: 2000, candidates: 2000, whole: false }, 300],
    [
      'decision, 200 x 2,000, 300 candidates a lead',
      { leads: 200, representatives: 2000, candidates: 300, whole: true },
      300,
    ],
  ];
  for (const [name, job, goal] of rows) {
    const worker = new Worker(new URL('./assignmentWorker.ts', import.meta.url), { workerData: job });
    const { median, p99 } = await messageOf<{ median: number; p99: number }>(worker);
    const what = job.whole ? 'optimum, proof, lottery and draw' : 'optimum and its proof, all pairs';
    results.add(
      `${name}, in a worker`,
      median,
      ['<=', goal, 'ms'],
      `processor time of ${what}; slowest of 15 ${p99.toFixed(0)} ms`,
    );
  }
}

/** Memory of the service's process over many small requests: as it runs, and what a full collection leaves at half and at the end. */
async function memory(): Promise<void> {
  const requests = Number(values.requests);
  const service = await startProcess({
    ...environment,
    STORE_FILE: join(folder, 'memory.sqlite'),
    NODE_OPTIONS: '--inspect=127.0.0.1:0',
  });
  const client = new LoadClient(service.url, await service.token(), CONNECTIONS);
  // A token is good for ten minutes, and this may take longer.
  let token = service.token();
  const renewal = setInterval(() => (token = service.token()), 300_000);
  const body = measuredBody(1, 5);
  const samples: number[] = [];
  let next = 0;
  const lane = async (end: number): Promise<void> => {
    while (next < end) {
      const number = next++;
      const headers = { authorization: `Bearer ${await token}` };
      const { status } = await client.post('/v1/route', body(`request ${number}`), headers);
      if (status !== 200) throw new Error(`Status ${status}`);
      if (number % Math.ceil(requests / 200) === 0) samples.push(rssMb(service.pid));
    }
  };
  const collected: number[] = [];
  for (const end of [requests / 2, requests]) {
    await Promise.all(Array.from({ length: CONNECTIONS }, () => lane(end)));
    await collectGarbage(service.logged());
    collected.push(rssMb(service.pid));
  }
  clearInterval(renewal);
  client.close();
  await service.stop();
  const [half = 0, whole = 0] = collected;
  results.add(
    `resident memory, most over ${requests} requests`,
    Math.max(...samples),
    ['<', 400, 'MB'],
    'absolute; VmRSS of one process with the tree model, 200 samples',
  );
  results.add(
    'growth of resident memory over the last half',
    100 * (whole / half - 1),
    ['<', 1, '%'],
    `after a full collection, ${whole.toFixed(1)} MB at the end against ${half.toFixed(1)} MB at half; garbage that waits for one goes up and down`,
  );
}

function rssMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
