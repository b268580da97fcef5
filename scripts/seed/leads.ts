import type { NewRecord } from '../org/connection.ts';
import { generateAccount, generateSource } from './history.ts';
import type { DemoAccount } from './history.ts';
import type { Random } from './random.ts';
import { TERRITORIES } from './territories.ts';
import { FIRST_NAMES, JOB_TITLES, LAST_NAMES, NEEDS, PRODUCTS, SHADOWED_SOURCE } from './vocabulary.ts';

/** Which policy covers the generated leads: only the automatic one, or as the sources fall. */
export type LeadMix = 'auto' | 'any';

/** Which leads are generated; each group has a name of its own, so that no two companies are the same by chance. */
export interface LeadGroup {
  /** A few letters, not `C`, which customers have. */
  readonly name: string;
  readonly count: number;
  readonly mix: LeadMix;
  /** One in twenty leads is of one of these, if there are any: its account's owner is to have it. */
  readonly customers?: readonly DemoAccount[];
}

const CUSTOMER_SHARE = 0.05;

/** Generated leads, each of a company of its own in one of the territories or of a customer. */
export function generateLeads(random: Random, group: LeadGroup): NewRecord[] {
  const own = random.fork(group.name);
  return Array.from({ length: group.count }, (_, index) => generateLead(own.fork(`lead-${index}`), group, index + 1));
}

function generateLead(random: Random, { name, mix, customers = [] }: LeadGroup, number: number): NewRecord {
  const isCustomer = customers.length > 0 && random.fork('customer').chance(CUSTOMER_SHARE);
  const account = isCustomer
    ? random.fork('account').pick(customers)
    : generateAccount(random.fork('account'), random.pick(TERRITORIES), `${name}${number}`);
  const product = random.pick(PRODUCTS);
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  return {
    FirstName: firstName,
    LastName: lastName,
    Company: account.name,
    Email: `${firstName}.${lastName}@${new URL(account.website).hostname}`.toLowerCase(),
    Title: random.pick(JOB_TITLES),
    Industry: account.industry,
    NumberOfEmployees: account.employees,
    AnnualRevenue: account.revenue,
    Country: account.region.country,
    State: account.region.state,
    PostalCode: account.postalCode,
    LeadSource: sourceFor(random, mix),
    Product_Interest__c: product,
    Pain_Point__c: random.chance(0.7) ? random.pick(NEEDS[product] ?? []) : undefined,
    Page_Views__c: random.whole(1, 25),
    Content_Downloads__c: random.whole(0, 4),
    Email_Opens__c: random.whole(0, 8),
    Days_Since_First_Visit__c: random.whole(0, 60),
    Intent_Score__c: Math.min(100, Math.max(0, Math.round(random.normal(50, 20)))),
  };
}

function sourceFor(random: Random, mix: LeadMix): string {
  const source = generateSource(random);
  return mix === 'auto' && source === SHADOWED_SOURCE ? 'Web' : source;
}
