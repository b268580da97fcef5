import { routingUsername } from '../load/staff.ts';
import { loadPeople } from '../load/people.ts';
import { rollUp } from '../load/performance.ts';
import { loadPerformance, loadRoutingSetup, switchRoutingOn } from '../load/routingSetup.ts';
import { untilDecided } from '../demo/insertLeads.ts';
import { readStored } from '../demo/runDemo.ts';
import { summarise } from '../demo/summary.ts';
import type { RoutingCounts } from '../demo/summary.ts';
import { executeAnonymous, insertAll, queryOne } from '../org/connection.ts';
import { startStack } from '../org/stack.ts';
import type { Stack } from '../org/stack.ts';
import type { MavenData, MavenProduct } from './clean.ts';
import type { DataProblem } from './dataProblem.ts';
import {
  MAVEN_DOMAIN,
  accountOwners,
  accountRecord,
  closedDeals,
  isClosed,
  leadRecord,
  mavenPeople,
  mavenRouting,
  opportunityRecord,
} from './orgRecords.ts';

/** What `npm run import` writes; docs/demo.md says what each field means. */
export interface ImportReport extends Omit<RoutingCounts, 'inserted'> {
  readonly accounts: number;
  readonly products: number;
  readonly representatives: number;
  readonly representatives_without_deals: readonly string[];
  readonly opportunities: number;
  readonly leads: number;
  readonly data_problems: readonly DataProblem[];
  readonly seconds: number;
  /** What is wrong with the first dropped leads. */
  readonly problems: readonly string[];
}

const MOST_PROBLEMS = 20;

/** Starts everything, loads the data, inserts the open deals as leads, waits, and judges what is stored. */
export async function runImport(
  data: MavenData,
  deadlineSeconds: number,
  progress: (line: string) => void,
): Promise<ImportReport> {
  const started = performance.now();
  const stack = await startStack({ routingUsername: routingUsername(MAVEN_DOMAIN), progress });
  try {
    await loadMasters(stack, data, progress);
    const open = data.deals.filter((deal) => !isClosed(deal));
    const ids = await insertAll(stack.connection, 'Lead', open.map(leadRecord));
    progress(`${ids.length} open deals inserted as leads`);
    const giveUpAt = performance.now() + deadlineSeconds * 1000;
    const pending = await untilDecided({ connection: stack.connection, orgUrl: stack.org.url, giveUpAt });
    progress(`${pending} leads still pending`);
    const { leads, decisions } = await readStored(stack.connection);
    const { counts, problems } = summarise(ids, leads, decisions);
    const { inserted, ...others } = counts;
    const busy = new Set(data.deals.map(({ rep }) => rep?.name));
    return {
      accounts: data.accounts.length,
      products: data.products.length,
      representatives: data.reps.length,
      representatives_without_deals: data.reps.map(({ name }) => name).filter((name) => !busy.has(name)),
      opportunities: data.deals.length - open.length,
      leads: inserted,
      ...others,
      data_problems: data.problems,
      seconds: Math.round((performance.now() - started) / 100) / 10,
      problems: problems.slice(0, MOST_PROBLEMS),
    };
  } finally {
    await stack.close();
  }
}

async function loadMasters({ connection }: Stack, data: MavenData, progress: (line: string) => void): Promise<void> {
  const userIds = await loadPeople(connection, mavenPeople(data));
  progress(`${userIds.size} users, ${data.reps.length} of them representatives`);
  const accountIds = await loadAccounts(connection, data, userIds);
  await loadProducts(connection, data.products);
  progress(`${accountIds.size} accounts, ${data.products.length} products with prices`);
  const closed = data.deals.filter(isClosed);
  const latestDay =
    closed
      .map(({ closedOn }) => closedOn ?? '')
      .sort()
      .at(-1) || new Date().toISOString().slice(0, 10);
  await insertAll(
    connection,
    'Opportunity',
    closed.map((deal) => ({
      ...opportunityRecord(deal, latestDay),
      AccountId: deal.account === null ? undefined : accountIds.get(deal.account.name),
      OwnerId: deal.rep === null ? undefined : userIds.get(deal.rep.name),
    })),
  );
  const profileIds = await loadRoutingSetup(connection, mavenRouting(data), userIds);
  const performanceRows = rollUp(closedDeals(data));
  await loadPerformance(connection, performanceRows, profileIds);
  progress(`${closed.length} closed opportunities, ${performanceRows.length} records rolled up from them`);
  await executeAnonymous(connection, 'LeadSweeper.scheduleEveryFiveMinutes();');
  await switchRoutingOn(connection);
}

/** Parents first, since subsidiaries point at them. Answers ids by name. */
async function loadAccounts(
  connection: Stack['connection'],
  data: MavenData,
  userIds: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const owners = accountOwners(data);
  let left = data.accounts;
  while (left.length > 0) {
    const ready = left.filter(({ parent }) => parent === null || ids.has(parent));
    // Whoever is a subsidiary of itself in the end is loaded without a parent.
    const level = ready.length > 0 ? ready : left;
    const created = await insertAll(
      connection,
      'Account',
      level.map((account) => ({
        ...accountRecord(account),
        OwnerId: userIds.get(owners.get(account.name) ?? ''),
        ParentId: account.parent === null ? undefined : ids.get(account.parent),
      })),
    );
    level.forEach(({ name }, index) => ids.set(name, created[index] ?? ''));
    left = left.filter(({ name }) => !ids.has(name));
  }
  return ids;
}

async function loadProducts(connection: Stack['connection'], products: readonly MavenProduct[]): Promise<void> {
  const ids = await insertAll(
    connection,
    'Product2',
    products.map(({ name, series }) => ({
      Name: name,
      ProductCode: name,
      Family: series || undefined,
      IsActive: true,
    })),
  );
  const { Id } = await queryOne<{ Id: string }>(
    connection,
    'SELECT Id FROM Pricebook2 WHERE IsStandard = TRUE',
    'Activate the standard price book of the org.',
  );
  await insertAll(
    connection,
    'PricebookEntry',
    products.flatMap(({ price }, index) =>
      price === null ? [] : { Pricebook2Id: Id, Product2Id: ids[index], UnitPrice: price, IsActive: true },
    ),
  );
}
