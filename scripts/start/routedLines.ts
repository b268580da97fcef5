import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'jsforce';
import { queryAll } from '../org/connection.ts';

/** A decision with what stands around it, as the org answers. */
export interface RoutedRow {
  readonly Id: string;
  readonly CreatedDate: string;
  readonly Outcome__c: string | null;
  readonly Score__c: number | null;
  readonly Reason_Text__c: string | null;
  readonly Latency_Ms__c: number | null;
  readonly Assigned_Queue__c: string | null;
  readonly Lead__r: {
    readonly Name: string;
    readonly Company: string | null;
    readonly Owner: { readonly Name: string } | null;
  } | null;
}

const POLL_MS = 300;
/** Decisions are visible when their transaction ends, and so may come up behind later ones. */
const OVERLAP_MS = 30_000;

/** Calls `show` once for each decision that is made from now on, until `signal` is aborted. */
export async function watchDecisions(
  connection: Connection,
  show: (row: RoutedRow) => void,
  signal: AbortSignal,
): Promise<void> {
  const shown = new Map<string, number>();
  let since = Date.now() - OVERLAP_MS;
  while (!signal.aborted) {
    for (const row of await decisionsSince(connection, since)) {
      const createdAt = Date.parse(row.CreatedDate);
      if (!shown.has(row.Id)) show(row);
      shown.set(row.Id, createdAt);
      since = Math.max(since, createdAt - OVERLAP_MS);
    }
    for (const [id, createdAt] of shown) if (createdAt < since) shown.delete(id);
    await delay(POLL_MS, undefined, { signal }).catch(() => {});
  }
}

async function decisionsSince(connection: Connection, since: number): Promise<RoutedRow[]> {
  return queryAll<RoutedRow>(
    connection,
    'SELECT Id, CreatedDate, Outcome__c, Score__c, Reason_Text__c, Latency_Ms__c, Assigned_Queue__c, ' +
      'Lead__r.Name, Lead__r.Company, Lead__r.Owner.Name FROM AI_Lead_Routing_Decision__c ' +
      `WHERE CreatedDate >= ${new Date(since).toISOString()} ORDER BY CreatedDate, Id`,
  );
}

/** One line: lead, owner, score, why, milliseconds. */
export function routedLine(row: RoutedRow): string {
  const lead = row.Lead__r === null ? 'a lead that is gone' : `${row.Lead__r.Name}, ${row.Lead__r.Company ?? '–'}`;
  const owner = row.Assigned_Queue__c ?? row.Lead__r?.Owner?.Name ?? 'nobody';
  const score = row.Score__c === null ? 'no score' : `score ${row.Score__c}`;
  const why = row.Reason_Text__c?.trim().replaceAll(/\s+/g, ' ') || (row.Outcome__c ?? 'no reason given');
  return `${lead}  →  ${owner}  |  ${score}  |  ${row.Latency_Ms__c ?? '–'} ms  |  ${why}`;
}
