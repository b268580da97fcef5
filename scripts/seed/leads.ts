import type { NewRecord } from '../org/connection.ts';
import { generateAccount, generateSource } from './history.ts';
import type { Random } from './random.ts';
import { TERRITORIES } from './territories.ts';
import { FIRST_NAMES, JOB_TITLES, LAST_NAMES, NEEDS, PRODUCTS, SHADOWED_SOURCE } from './vocabulary.ts';

/** Which policy covers the generated leads: only the automatic one, or as the sources fall. */
export type LeadMix = 'auto' | 'any';

/** Above the numbers of the accounts in the history: no generated lead is of a company that somebody owns already. */
const FIRST_NUMBER = 5001;

/** Generated leads, each of a company of its own in one of the territories. */
export function generateLeads(random: Random, count: number, mix: LeadMix): NewRecord[] {
  return Array.from({ length: count }, (_, index) => generateLead(random.fork(`lead-${index}`), FIRST_NUMBER + index, mix));
}

function generateLead(random: Random, number: number, mix: LeadMix): NewRecord {
  const account = generateAccount(random.fork('account'), random.pick(TERRITORIES), number);
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
