import type { DemoReport } from './runDemo.ts';
import type { RoutingCounts } from './summary.ts';

/** Rows of a name and a value, the values in one column. */
export function table(rows: readonly (readonly [string, string | number])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}

/** What became of the leads. */
export function countRows(counts: RoutingCounts): (readonly [string, string | number])[] {
  const causes = Object.entries(counts.causes).map(([cause, count]) => `${cause} ${count}`);
  return [
    ['inserted', counts.inserted],
    ['routed', `${counts.routed}, ${counts.by_rule} of them by a rule or the owner of the company`],
    ['in review', counts.in_review],
    ['shadowed', counts.shadowed],
    ['fallback', counts.fallback],
    ['blocked', counts.blocked],
    ['dropped', counts.dropped],
    ['decisions', counts.decisions],
    ['causes', causes.length === 0 ? 'none' : causes.join(', ')],
  ];
}

/** The report of a demo for a person. */
export function demoTable(report: DemoReport): string {
  const { single, batch } = report.limits;
  const limits = (used: typeof single): string =>
    used === null ? 'no job ran' : `SOQL ${used.soql}, DML ${used.dml}, callouts ${used.callouts}`;
  const { single_inserts: singles, latency_ms: latency } = report;
  return table([
    ...countRows(report),
    ['insert to owner', `p50 ${latency.p50 ?? '–'} ms, p95 ${latency.p95 ?? '–'} ms (${singles.count} single leads)`],
    ['job of 1 lead', limits(single)],
    ['job of 200 leads', limits(batch)],
    ['single inserts', `answered within ${singles.insert_seconds} s, decided within ${singles.decided_seconds} s`],
    [
      'reads meanwhile',
      `${singles.read_ms.count}, p95 ${singles.read_ms.p95 ?? '–'} ms, max ${singles.read_ms.max ?? '–'} ms`,
    ],
  ]);
}
