import type { RestContext, RestResult } from './context.ts';

/** Of a developer edition org; local-org counts none of them down but the asynchronous ones that wait. */
const DAILY: Readonly<Record<string, number>> = {
  DailyApiRequests: 15_000,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  HourlyPublishedPlatformEvents: 50_000,
  SingleEmail: 15,
};

/** `GET /limits` */
export function limits({ engine }: RestContext): RestResult {
  const waiting = engine.scope.jobs.pending().length;
  const body = Object.fromEntries(
    Object.entries(DAILY).map(([name, max]) => [
      name,
      { Max: max, Remaining: name === 'DailyAsyncApexExecutions' ? max - waiting : max },
    ]),
  );
  return { status: 200, body };
}
