import { raise } from '../values/exception.ts';
import { current } from './current.ts';
import type { LimitCounters } from './transaction.ts';

/** What the exception says before the number. Source: the platform's own messages. */
const MESSAGES: Readonly<Record<keyof LimitCounters, string>> = {
  queries: 'Too many SOQL queries',
  queryRows: 'Too many query rows',
  aggregateQueries: 'Too many Aggregate Queries',
  soslQueries: 'Too many SOSL queries',
  dmlStatements: 'Too many DML statements',
  dmlRows: 'Too many DML rows',
  callouts: 'Too many callouts',
  queueables: 'Too many queueable jobs added to the queue',
  futures: 'Too many future calls',
  emails: 'Too many Email Invocations',
  publishImmediate: 'Too many Publish Immediate DML statements',
  savepoints: 'Too many DML statements',
};

/**
 * Counts against a limit of the running transaction.
 *
 * @throws System.LimitException, which no Apex catches: `Too many SOQL queries: 101`. The number is that of the first unit
 * too many, however many more were asked for: a deletion of 15,000 records ends with `Too many DML rows: 10001`
 * (Forceea-data-factory, issue 204), and so do queries with `Too many query rows: 50001`.
 */
export function charge(counter: keyof LimitCounters, amount = 1): void {
  const { used, caps } = current.tx;
  const total = used[counter] + amount;
  used[counter] = total;
  if (total > caps[counter]) raise('System.LimitException', `${MESSAGES[counter]}: ${caps[counter] + 1}`);
}
