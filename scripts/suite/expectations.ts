import type { DemoReport } from '../demo/runDemo.ts';
import type { Fault } from '../faultyService.ts';
import type { ImportReport } from '../maven/runImport.ts';
import type { Expectation } from './step.ts';

/** What a decision must say, by fault. */
const CAUSES: Readonly<Record<Fault, string>> = {
  'service-down': 'Service Unavailable',
  'service-slow': 'Service Timeout',
  'service-500': 'Service Unavailable',
  'service-garbage': 'Invalid Response',
  'service-unknown-rep': 'Invalid Response',
};

const MOST_SOQL = 20;
const MOST_DML = 10;
const SLOWEST_P95_MS = 2000;
const SLOWEST_INSERTS_S = 60;
const SLOWEST_READ_MS = 100;

/** What a demo without fault must show. */
export function expectationsOfDemo(report: DemoReport, exitCode: number): Expectation[] {
  const { single, batch } = report.limits;
  const p95 = report.latency_ms.p95;
  return [
    ...nothingLost(report, exitCode),
    { name: 'no lead fell back', holds: report.fallback === 0, found: report.causes },
    { name: 'leads of customers go to whom they know', holds: report.by_rule > 0, found: report.by_rule },
    { name: 'most leads have a representative', holds: report.routed > report.inserted / 2, found: report.routed },
    { name: 'leads of the shadow policy are shadowed', holds: report.shadowed > 0, found: report.shadowed },
    {
      name: 'a job uses the same SOQL, DML and callouts for 1 lead and for 200',
      holds: single !== null && JSON.stringify(single) === JSON.stringify(batch),
      found: report.limits,
    },
    {
      name: `a job uses at most ${MOST_SOQL} SOQL, ${MOST_DML} DML and exactly 1 callout`,
      holds: batch !== null && batch.soql <= MOST_SOQL && batch.dml <= MOST_DML && batch.callouts === 1,
      found: batch,
    },
    {
      name: `a single lead has its owner within ${SLOWEST_P95_MS} ms (p95)`,
      holds: p95 !== null && p95 < SLOWEST_P95_MS,
      found: p95,
    },
  ];
}

/** What a demo with a fault must show. */
export function expectationsOfFault(report: DemoReport, fault: Fault, exitCode: number): Expectation[] {
  const slow = report.single_inserts;
  return [
    ...nothingLost(report, exitCode),
    {
      name: 'no lead was routed by an answer that was not there',
      holds: report.routed === report.by_rule,
      found: [report.routed, report.by_rule],
    },
    { name: 'leads fell back', holds: report.fallback > 0, found: report.fallback },
    { name: 'every decision gives a cause', holds: report.decisions_without_cause === 0, found: report.causes },
    { name: `decisions say "${CAUSES[fault]}"`, holds: (report.causes[CAUSES[fault]] ?? 0) > 0, found: report.causes },
    ...(fault === 'service-slow'
      ? [
          {
            name: `100 single inserts are answered and decided within ${SLOWEST_INSERTS_S} s`,
            holds: slow.count === 100 && slow.decided_seconds < SLOWEST_INSERTS_S,
            found: slow,
          },
          {
            name: `reads meanwhile take below ${SLOWEST_READ_MS} ms (p95)`,
            holds: slow.read_ms.p95 !== null && slow.read_ms.p95 < SLOWEST_READ_MS,
            found: slow.read_ms,
          },
        ]
      : []),
  ];
}

/** What is known of the Maven data set (accounts, products, representatives, deals), and that no lead is lost. */
export function expectationsOfImport(report: ImportReport, exitCode: number): Expectation[] {
  const counts = [report.accounts, report.products, report.representatives, report.opportunities, report.leads];
  const taken = new Map(report.data_problems.map(({ value, taken_as: takenAs }) => [value, takenAs]));
  const mended = { GTXPro: 'GTX Pro', technolgy: 'Technology', Philipines: 'Philippines' };
  return [
    {
      name: '85 accounts, 7 products, 35 representatives, 6,711 opportunities and 2,089 leads are loaded',
      holds: JSON.stringify(counts) === '[85,7,35,6711,2089]',
      found: counts,
    },
    { name: 'no lead is dropped', holds: report.dropped === 0 && exitCode === 0, found: [report.problems, exitCode] },
    { name: 'one decision a lead', holds: report.decisions === report.leads, found: report.decisions },
    {
      name: 'all leads are routed or in review',
      holds: report.routed + report.in_review === report.leads && report.routed > 0,
      found: report,
    },
    {
      name: 'typing errors are mended and reported',
      holds: Object.entries(mended).every(([value, takenAs]) => taken.get(value) === takenAs),
      found: [...taken],
    },
    {
      name: 'the 1,425 blank accounts are reported',
      holds: report.data_problems.filter(({ field, value }) => field === 'account' && value === '').length === 1425,
      found: report.data_problems.length,
    },
    {
      name: 'the five representatives without deals are there',
      holds: report.representatives_without_deals.length === 5,
      found: report.representatives_without_deals,
    },
  ];
}

function nothingLost(report: DemoReport, exitCode: number): Expectation[] {
  return [
    { name: 'the command ends with 0', holds: exitCode === 0, found: exitCode },
    { name: '500 leads are inserted', holds: report.inserted === 500, found: report.inserted },
    { name: 'no lead is dropped', holds: report.dropped === 0, found: report.problems },
    { name: 'there is one decision a lead', holds: report.decisions === report.inserted, found: report.decisions },
  ];
}
