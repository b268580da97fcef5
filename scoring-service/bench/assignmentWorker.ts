import { parentPort, workerData } from 'node:worker_threads';
import { loadCost } from '../src/assignment/capacity.ts';
import { assignOptimally, optimalityGap } from '../src/assignment/optimalAssignment.ts';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import { decideBatch } from '../src/routing/decideBatch.ts';
import { policySchema, representativeSchema } from '../src/routing/routeSchema.ts';
import { quantile } from './loadClient.ts';

/** Correlated instances: everyone wants the same few. Each lead may go to `candidates` of all representatives. */
export interface AssignmentJob {
  readonly leads: number;
  readonly representatives: number;
  readonly candidates: number;
  /** The whole decision with exploration, holdback and drawing, instead of the optimum and its proof alone. */
  readonly whole: boolean;
}

const { leads: count, representatives: team, candidates, whole } = workerData as AssignmentJob;
const RUNS = 15;
const random = seededRandom('bench: assignment');
const policy = policySchema.parse({
  version: '1',
  tiers: { hot: 80, warm: 50 },
  load_penalty: 0.02,
  exploration_share: 0.02,
  holdback_share: 0.1,
});
const times: number[] = [];
for (let run = 0; run < RUNS; run++) {
  const levels = Array.from({ length: team }, () => 2 * random() - 1);
  const representatives = levels.map((_level, rep) =>
    representativeSchema.parse({ rep_ref: `r${rep}`, capacity: 1 + Math.floor(random() * 30) }),
  );
  const leads = Array.from({ length: count }, () => {
    const worth = 2 * random() - 2;
    const options = levels.map((_level, rep) => rep).filter(() => random() < candidates / team);
    const wins = options.map((rep) => 1 / (1 + Math.exp(-worth - (levels[rep] ?? 0) - 0.5 * random())));
    return { candidates: options, winProbabilities: wins, incumbent: options[0] ?? null };
  });
  const before = process.threadCpuUsage();
  if (whole) decideBatch(leads, representatives, policy, { requestId: `run ${run}`, prices: [] });
  else {
    const problem = {
      leads: leads.map((lead) => ({ options: lead.candidates, costs: lead.winProbabilities.map((win) => -win) })),
      representatives: representatives.map((each) => ({
        room: each.capacity ?? 0,
        marginal: (k: number) => loadCost(each, policy.load_penalty, k),
      })),
    };
    const gap = optimalityGap(problem, assignOptimally(problem));
    if (!(gap < 1e-9)) throw new Error(`Not proved optimal: ${gap}`);
  }
  const { user, system } = process.threadCpuUsage(before);
  times.push((user + system) / 1000);
}
parentPort?.postMessage({ median: quantile(times, 0.5), p99: quantile(times, 0.99) });
