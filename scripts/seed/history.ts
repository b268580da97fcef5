import type { ClosedDeal } from '../load/performance.ts';
import type { Random } from './random.ts';
import type { DemoRep } from './representatives.ts';
import type { DemoRegion } from './territories.ts';
import { SIZE_BANDS, sizeBand } from '../load/sizeBands.ts';
import { COMPANY_FIRST, COMPANY_SECOND, INDUSTRIES, LEAD_SOURCES, PRODUCTS } from './vocabulary.ts';

/** A generated customer. */
export interface DemoAccount {
  readonly name: string;
  readonly industry: string;
  readonly employees: number;
  /** In the corporate currency. */
  readonly revenue: number;
  readonly territoryCode: string;
  readonly region: DemoRegion;
  readonly postalCode: string;
  readonly website: string;
}

/** A generated deal of the past; open ones are still being worked on. */
export interface DemoDeal {
  readonly account: DemoAccount;
  readonly rep: DemoRep;
  readonly name: string;
  readonly stage: 'Closed Won' | 'Closed Lost' | 'Qualification';
  readonly product: string;
  readonly source: string;
  readonly amount: number;
  /** ISO date. */
  readonly closeDate: string;
  readonly daysToClose: number;
  readonly responseMinutes: number;
}

const DAY_MS = 86_400_000;
const OPEN_SHARE = 0.1;
/** Log-odds of winning a typical deal: about three in ten. */
const BASE = -0.85;
const INDUSTRY_EFFECT: Readonly<Record<string, number>> = {
  Technology: 0.3,
  Manufacturing: 0.15,
  Healthcare: 0,
  Finance: 0.1,
  Retail: -0.25,
  Energy: 0,
  Transportation: -0.1,
  Education: -0.2,
};
const SOURCE_EFFECT: Readonly<Record<string, number>> = {
  'Partner Referral': 0.4,
  Web: 0.1,
  'Phone Inquiry': 0,
  'Purchased List': -0.6,
};

/**
 * Company, industry, size and place of a customer or lead. The label is part of its name and web address: companies with
 * different labels are never taken for the same.
 */
export function generateAccount(
  random: Random,
  territory: { readonly code: string; readonly regions: readonly DemoRegion[] },
  label: string,
): DemoAccount {
  const industry = random.pick(Object.keys(INDUSTRIES));
  const stem = `${random.pick(COMPANY_FIRST)}${random.pick(COMPANY_SECOND)}`;
  const band = random.pick(SIZE_BANDS);
  // Sizes are spread evenly over orders of magnitude.
  const employees = Math.round(Math.exp(Math.log(band.least) + random.next() * Math.log(band.most / band.least)));
  const region = random.pick(territory.regions);
  return {
    name: `${stem} ${random.pick(INDUSTRIES[industry] ?? [''])} ${label}`,
    industry,
    employees,
    revenue: Math.round((employees * random.whole(90, 240)) / 10) * 10_000,
    territoryCode: territory.code,
    region,
    postalCode: random.pick(region.postalCodes),
    website: `https://${stem}-${label}.example.com`.toLowerCase(),
  };
}

/** Deals of the 18 months before `today`; each representative sells in the own territory only. */
export function generateHistory(random: Random, reps: readonly DemoRep[], count: number, today: Date): DemoDeal[] {
  const accounts = new Map<string, DemoAccount[]>();
  return Array.from({ length: count }, (_, index) => {
    const own = random.fork(`deal-${index}`);
    const rep = own.pick(reps);
    const known = accounts.get(rep.territory.code) ?? [];
    accounts.set(rep.territory.code, known);
    // Five deals an account on average.
    if (known.length === 0 || own.chance(0.2)) {
      known.push(generateAccount(own.fork('account'), rep.territory, `C${index + 1}`));
    }
    return generateDeal(own, rep, own.pick(known), index + 1, today);
  });
}

function generateDeal(random: Random, rep: DemoRep, account: DemoAccount, number: number, today: Date): DemoDeal {
  const product = random.pick(PRODUCTS);
  const source = generateSource(random);
  const isOpen = random.chance(OPEN_SHARE);
  const won = random.chance(winProbability(rep, account.industry, account.employees, source));
  const daysToClose = Math.max(3, Math.round(Math.exp(random.normal(Math.log(40), 0.5))));
  const daysFromToday = isOpen ? random.whole(5, 90) : -random.whole(1, 540);
  return {
    account,
    rep,
    name: `${account.name} – ${product} (generated ${number})`,
    stage: isOpen ? 'Qualification' : won ? 'Closed Won' : 'Closed Lost',
    product,
    source,
    amount: Math.round(Math.sqrt(account.employees) * random.whole(20, 60)) * 50,
    closeDate: new Date(today.getTime() + daysFromToday * DAY_MS).toISOString().slice(0, 10),
    daysToClose,
    responseMinutes: Math.max(1, Math.round(rep.responseMinutes * Math.exp(random.normal(0, 0.4)))),
  };
}

/** What a generated representative wins of such deals. Routing can learn `industryEffect`, and nothing else, of a person. */
export function winProbability(rep: DemoRep, industry: string, employees: number, source: string): number {
  const size = 0.15 * (Math.log10(Math.max(employees, 1)) - 2);
  const logit =
    BASE + (INDUSTRY_EFFECT[industry] ?? 0) + (SOURCE_EFFECT[source] ?? 0) + (rep.industryEffect[industry] ?? 0) + size;
  return 1 / (1 + Math.exp(-logit));
}

/** A lead source by its share. */
export function generateSource(random: Random): string {
  let left = random.next();
  for (const [source, share] of LEAD_SOURCES) {
    left -= share;
    if (left < 0) return source;
  }
  return 'Other';
}

/** The closed deals among them, as records are made of them. */
export function closedDeals(deals: readonly DemoDeal[]): ClosedDeal[] {
  return deals
    .filter(({ stage }) => stage !== 'Qualification')
    .map((deal) => ({
      repKey: deal.rep.personKey,
      won: deal.stage === 'Closed Won',
      industry: deal.account.industry,
      size: sizeBand(deal.account.employees),
      product: deal.product,
      source: deal.source,
      daysToClose: deal.daysToClose,
      responseMinutes: deal.responseMinutes,
    }));
}
