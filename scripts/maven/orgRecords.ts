import type { ClosedDeal } from '../load/performance.ts';
import type { People, PersonSpec, RoleSpec } from '../load/people.ts';
import type { RoutingSetup } from '../load/routingSetup.ts';
import { sizeBand } from '../load/sizeBands.ts';
import { person, staff } from '../load/staff.ts';
import type { NewRecord } from '../org/connection.ts';
import { REASONS } from '../seed/reasons.ts';
import { daysBetween } from './cells.ts';
import type { MavenAccount, MavenData, MavenDeal } from './clean.ts';

/** Of all usernames and addresses; example.com is nobody's (RFC 2606). */
export const MAVEN_DOMAIN = 'maven-crm.example.com';

const TOP_ROLE = 'Maven_Sales';
/** The data set names no places; its accounts are mostly in the United States. */
const TIME_ZONE = 'America/New_York';
/** Open leads a representative; enough for all open deals of the largest region. */
const CAPACITY = 150;
const UNKNOWN_COMPANY = 'Unknown company';

/** Whether a deal is closed and so history, or open and so a lead. */
export function isClosed({ stage }: MavenDeal): boolean {
  return stage === 'Won' || stage === 'Lost';
}

/** Roles by region and manager, managers, representatives and the staff. */
export function mavenPeople({ reps }: MavenData): People {
  const roles: RoleSpec[] = [{ key: TOP_ROLE, name: 'Maven Sales', parentKey: null }];
  const persons: PersonSpec[] = staff(MAVEN_DOMAIN, TOP_ROLE, TIME_ZONE);
  for (const [manager, team] of Map.groupBy(reps, (rep) => rep.manager)) {
    const key = keyOf(manager);
    roles.push({ key: `M_${key}`, name: `Manager ${manager}`, parentKey: TOP_ROLE });
    roles.push({ key: `R_${key}`, name: `Team of ${manager}`, parentKey: `M_${key}` });
    const details = { timeZone: TIME_ZONE, roleKey: `M_${key}`, queues: ['AI_Routing_Review'] };
    const title = `Sales manager ${team[0]?.region ?? ''}`;
    const permissionSets = ['AI_Routing_Manager'];
    persons.push(person(MAVEN_DOMAIN, { key: `mgr-${key}`, ...splitName(manager), title, permissionSets, ...details }));
    for (const rep of team) {
      persons.push(
        person(MAVEN_DOMAIN, {
          key: rep.name,
          ...splitName(rep.name),
          title: `Sales agent ${rep.region}`,
          roleKey: `R_${key}`,
          managerKey: `mgr-${key}`,
          timeZone: TIME_ZONE,
          permissionSets: ['AI_Routing_Representative'],
        }),
      );
    }
  }
  return { roles, persons };
}

/**
 * One territory for each regional office, one automatic policy for everything. A deal's only place is the office of
 * its agent, so that a lead carries it as State and the territory asks for it.
 */
export function mavenRouting({ reps }: MavenData): RoutingSetup {
  const regions = [...new Set(reps.map(({ region }) => region))];
  return {
    territories: regions.map((region, index) => ({
      Name: `Regional office ${region}`,
      Code__c: region.toUpperCase(),
      States__c: region,
      Sort_Order__c: index + 1,
    })),
    reps: reps.map(({ name, region }) => ({
      personKey: name,
      name,
      kind: 'Account Executive',
      languages: [],
      skills: [],
      capacity: CAPACITY,
      dailyCap: null,
      territories: { [region.toUpperCase()]: 'Primary' },
    })),
    policies: [{ Name: 'Route all leads', Active__c: true, Sort_Order__c: 1, Mode__c: 'Auto', Response_Hours__c: 24 }],
    reasons: REASONS,
  };
}

/** An account; its parent is set by the loader, which knows the ids. */
export function accountRecord(account: MavenAccount): NewRecord {
  return {
    Name: account.name,
    Industry: account.industry,
    AnnualRevenue: account.revenue,
    NumberOfEmployees: account.employees,
    BillingCountry: account.country,
  };
}

/** Owners of accounts: the agent with most deals there, of several the first in the file. Agents' names by account. */
export function accountOwners({ deals }: MavenData): Map<string, string> {
  const owners = new Map<string, string>();
  for (const [account, own] of Map.groupBy(deals, (deal) => deal.account?.name)) {
    const counts = new Map<string, number>();
    for (const { rep } of own) if (rep !== null) counts.set(rep.name, (counts.get(rep.name) ?? 0) + 1);
    const most = Math.max(...counts.values());
    const [owner] = [...counts].find(([, count]) => count === most) ?? [];
    if (account !== undefined && owner !== undefined) owners.set(account, owner);
  }
  return owners;
}

/** A closed deal as history; `latestDay` (ISO) stands for a day of closing that is not known. */
export function opportunityRecord(deal: MavenDeal, latestDay: string): NewRecord {
  return {
    Name: `${deal.account?.name ?? UNKNOWN_COMPANY} – ${deal.product ?? 'unknown product'} (${deal.id})`.slice(0, 120),
    StageName: deal.stage === 'Won' ? 'Closed Won' : 'Closed Lost',
    CloseDate: deal.closedOn ?? deal.engagedOn ?? latestDay,
    Amount: deal.value,
    Description: deal.engagedOn === null ? undefined : `Engaged on ${deal.engagedOn}.`,
  };
}

/** An open deal as a lead. The data set knows no person: the deal's number stands for the name. */
export function leadRecord(deal: MavenDeal): NewRecord {
  return {
    LastName: `Contact of deal ${deal.id}`,
    // One name for all of them would make them leads of one company.
    Company: deal.account?.name ?? `${UNKNOWN_COMPANY} of deal ${deal.id}`,
    Industry: deal.account?.industry,
    NumberOfEmployees: deal.account?.employees,
    AnnualRevenue: deal.account?.revenue,
    Country: deal.account?.country,
    State: deal.rep?.region,
    Product_Interest__c: deal.product,
  };
}

/** The closed deals as representatives' records are made of them. */
export function closedDeals({ deals }: MavenData): ClosedDeal[] {
  return deals.flatMap((deal) => {
    if (!isClosed(deal) || deal.rep === null) return [];
    const { account, engagedOn, closedOn } = deal;
    const employees = account?.employees ?? null;
    return {
      repKey: deal.rep.name,
      won: deal.stage === 'Won',
      industry: account?.industry ?? '',
      size: employees === null ? '' : sizeBand(employees),
      product: deal.product ?? '',
      source: '',
      daysToClose: engagedOn === null || closedOn === null ? null : daysBetween(engagedOn, closedOn),
      responseMinutes: null,
    };
  });
}

/** The last word is the last name. */
function splitName(name: string): { firstName: string; lastName: string } {
  const words = name.split(/\s+/);
  return { firstName: words.slice(0, -1).join(' '), lastName: words.at(-1) ?? name };
}

function keyOf(name: string): string {
  return name.replace(/\W+/g, '_');
}
