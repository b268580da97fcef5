import type { Connection } from 'jsforce';
import { loadPeople } from '../load/people.ts';
import { loadPerformance, loadRoutingSetup, switchRoutingOn } from '../load/routingSetup.ts';
import { executeAnonymous, insertAll } from '../org/connection.ts';
import type { NewRecord } from '../org/connection.ts';
import type { DemoOrg } from './demoOrg.ts';
import type { DemoAccount } from './history.ts';

/** Fills an org with a generated one and switches routing on. `progress` gets a line for each step. */
export async function loadDemoOrg(
  connection: Connection,
  org: DemoOrg,
  progress: (line: string) => void,
): Promise<void> {
  const userIds = await loadPeople(connection, org.people);
  progress(`${userIds.size} users in ${org.people.roles.length} roles`);
  const profileIds = await loadRoutingSetup(connection, org.routing, userIds);
  progress(`${profileIds.size} representatives in ${org.routing.territories.length} territories`);
  await loadHistory(connection, org, userIds);
  await loadPerformance(connection, org.performance, profileIds);
  progress(`${org.history.length} opportunities of history, ${org.performance.length} records rolled up from them`);
  await executeAnonymous(connection, 'LeadSweeper.scheduleEveryFiveMinutes();');
  await switchRoutingOn(connection);
  progress('routing is on, the sweeper is scheduled');
}

async function loadHistory(connection: Connection, org: DemoOrg, userIds: ReadonlyMap<string, string>): Promise<void> {
  const accounts = [...new Set(org.history.map(({ account }) => account))];
  // Whoever sold to a customer first owns it.
  const owners = new Map(org.history.toReversed().map(({ account, rep }) => [account, userIds.get(rep.personKey)]));
  const ids = await insertAll(
    connection,
    'Account',
    accounts.map((account) => ({ ...accountRecord(account, org.seed), OwnerId: owners.get(account) })),
  );
  const idByAccount = new Map(accounts.map((account, index) => [account, ids[index]]));
  await insertAll(
    connection,
    'Opportunity',
    org.history.map((deal) => ({
      Name: deal.name.slice(0, 120),
      AccountId: idByAccount.get(deal.account),
      OwnerId: userIds.get(deal.rep.personKey),
      StageName: deal.stage,
      CloseDate: deal.closeDate,
      Amount: deal.amount,
      LeadSource: deal.source,
      Description: `Generated demo data, seed ${org.seed}. Product: ${deal.product}.`,
    })),
  );
}

function accountRecord(account: DemoAccount, seed: number): NewRecord {
  return {
    Name: account.name,
    Industry: account.industry,
    NumberOfEmployees: account.employees,
    AnnualRevenue: account.revenue,
    BillingCountry: account.region.country,
    BillingState: account.region.state,
    BillingPostalCode: account.postalCode,
    Website: account.website,
    Description: `Generated demo data, seed ${seed}.`,
  };
}
