import type { Connection } from 'jsforce';
import type { Fault } from '../faultyService.ts';
import { routingUsername } from '../load/staff.ts';
import { MOST_RECORDS_A_CALL, insertAll, queryAll } from '../org/connection.ts';
import { startStack } from '../org/stack.ts';
import type { Stack } from '../org/stack.ts';
import type { UsedLimits } from '../org/localJobs.ts';
import { generateDemoOrg } from '../seed/demoOrg.ts';
import type { DemoOrg } from '../seed/demoOrg.ts';
import { generateLeads } from '../seed/leads.ts';
import { loadDemoOrg } from '../seed/loadDemoOrg.ts';
import { createRandom } from '../seed/random.ts';
import { DEMO_DOMAIN } from '../seed/representatives.ts';
import { insertBatch, insertSingles, untilDecided } from './insertLeads.ts';
import type { Target } from './insertLeads.ts';
import { percentile, summarise, withoutCause } from './summary.ts';
import type { DecisionState, LeadState, RoutingCounts } from './summary.ts';

export interface DemoOptions {
  readonly fault: Fault | undefined;
  readonly leads: number;
  readonly seed: number;
  /** Until when all leads must be decided, in seconds after the first insert. */
  readonly deadlineSeconds: number;
}

/** What `npm run demo` writes; docs/demo.md says what each field means. */
export interface DemoReport extends RoutingCounts {
  readonly seed: number;
  readonly fault: Fault | null;
  readonly latency_ms: { readonly p50: number | null; readonly p95: number | null };
  readonly limits: { readonly single: UsedLimits | null; readonly batch: UsedLimits | null };
  /** Decisions that give no cause; with a fault there must be none. */
  readonly decisions_without_cause: number;
  readonly single_inserts: {
    readonly count: number;
    readonly insert_seconds: number;
    readonly decided_seconds: number;
    readonly read_ms: { readonly count: number; readonly p95: number | null; readonly max: number | null };
  };
  readonly seconds: number;
  /** What is wrong with the first dropped leads. */
  readonly problems: readonly string[];
}

const MOST_SINGLES = 100;
const MOST_PROBLEMS = 20;

/** Starts everything, inserts leads, waits, and judges what is stored in the org. */
export async function runDemo(options: DemoOptions, progress: (line: string) => void): Promise<DemoReport> {
  const { seed, fault } = options;
  const stack = await startStack({ routingUsername: routingUsername(DEMO_DOMAIN), fault, progress });
  try {
    const demoOrg = generateDemoOrg(seed, new Date());
    await loadDemoOrg(stack.connection, demoOrg, progress);
    return await insertAndJudge(stack, demoOrg, options, progress);
  } finally {
    await stack.close();
  }
}

async function insertAndJudge(
  { connection, org }: Stack,
  { history }: DemoOrg,
  { seed, fault, leads: count, deadlineSeconds }: DemoOptions,
  progress: (line: string) => void,
): Promise<DemoReport> {
  const started = performance.now();
  const target: Target = { connection, orgUrl: org.url, giveUpAt: started + deadlineSeconds * 1000 };
  const random = createRandom(`${seed}/leads`);
  const customers = history.map(({ account }) => account);
  const singleCount = Math.min(MOST_SINGLES, Math.ceil(count / 5));
  const batchCount = Math.min(MOST_RECORDS_A_CALL, count - singleCount);

  // Behind a slow service a lead waits for the timeout; one at a time that would take minutes and prove nothing.
  const singles = await insertSingles(
    target,
    generateLeads(random, { name: 'A', count: singleCount, mix: 'any' }),
    fault !== 'service-slow',
  );
  progress(`${singles.ids.length} leads inserted one by one`);
  const batch = await insertBatch(target, generateLeads(random, { name: 'B', count: batchCount, mix: 'auto' }));
  progress(`${batch.ids.length} leads inserted with one call`);
  const rest = await insertAll(
    connection,
    'Lead',
    generateLeads(random, { name: 'D', count: count - singleCount - batchCount, mix: 'any', customers }),
  );
  const pending = await untilDecided(target);
  progress(`${rest.length} more leads inserted, ${MOST_RECORDS_A_CALL} a call; ${pending} still pending`);

  const { leads, decisions } = await readStored(connection);
  const { counts, problems } = summarise([...singles.ids, ...batch.ids, ...rest], leads, decisions);
  return {
    seed,
    fault: fault ?? null,
    ...counts,
    latency_ms: { p50: percentile(singles.latencies, 0.5), p95: percentile(singles.latencies, 0.95) },
    limits: { single: singles.limits, batch: batch.limits },
    decisions_without_cause: withoutCause(decisions),
    single_inserts: {
      count: singles.ids.length,
      insert_seconds: singles.insertSeconds,
      decided_seconds: singles.decidedSeconds,
      read_ms: singles.reads,
    },
    seconds: Math.round((performance.now() - started) / 100) / 10,
    problems: problems.slice(0, MOST_PROBLEMS),
  };
}

/** All leads and decisions of an org. */
export async function readStored(connection: Connection): Promise<{ leads: LeadState[]; decisions: DecisionState[] }> {
  return {
    leads: await queryAll<LeadState>(
      connection,
      'SELECT Id, OwnerId, AI_Routing_Status__c, AI_Current_Decision__c FROM Lead',
    ),
    decisions: await queryAll<DecisionState>(
      connection,
      'SELECT Id, Lead__c, Outcome__c, Cause__c, Supersedes__c FROM AI_Lead_Routing_Decision__c',
    ),
  };
}
