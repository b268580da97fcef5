/** A closed deal, as much of it as a representative's record is made of. Blank texts are not known. */
export interface ClosedDeal {
  readonly repKey: string;
  readonly won: boolean;
  readonly industry: string;
  /** A band of employees such as `50-249`. */
  readonly size: string;
  readonly product: string;
  readonly source: string;
  readonly daysToClose: number | null;
  readonly responseMinutes: number | null;
}

/** One representative × one segment, as Rep_Performance__c has it. The value is blank for Overall. */
export interface PerformanceRow {
  readonly repKey: string;
  readonly dimension: 'Overall' | 'Industry' | 'Size' | 'Product' | 'Source';
  readonly value: string;
  readonly won: number;
  readonly lost: number;
  readonly expectedWon: number;
  readonly medianDaysToClose: number | null;
  readonly medianResponseMinutes: number | null;
}

const DIMENSIONS = ['Overall', 'Industry', 'Size', 'Product', 'Source'] as const;
/** So many deals of a segment weigh as much as the rate of all. */
const PRIOR_DEALS = 50;

/**
 * Rolls closed deals up into records. What was to be expected of a deal is the team's win rate in the deal's segments:
 * in log-odds the rate of all plus, for each dimension, by how much the segment's rate (shrunk towards the rate of all)
 * differs from it, scaled once so that the team wins exactly what was expected of it.
 */
export function rollUp(deals: readonly ClosedDeal[]): PerformanceRow[] {
  const expected = expectedWins(deals);
  const groups = new Map<string, { deal: ClosedDeal; dimension: PerformanceRow['dimension']; members: number[] }>();
  deals.forEach((deal, index) => {
    for (const dimension of DIMENSIONS) {
      const value = segmentOf(deal, dimension);
      if (value === '' && dimension !== 'Overall') continue;
      const key = JSON.stringify([deal.repKey, dimension, value]);
      const group = groups.get(key) ?? { deal, dimension, members: [] };
      group.members.push(index);
      groups.set(key, group);
    }
  });
  return [...groups.values()].map(({ deal, dimension, members }) => {
    const own = members.map((index) => deals[index]).filter((one) => one !== undefined);
    const won = own.filter((one) => one.won).length;
    return {
      repKey: deal.repKey,
      dimension,
      value: segmentOf(deal, dimension),
      won,
      lost: own.length - won,
      expectedWon: Number(members.reduce((sum, index) => sum + (expected[index] ?? 0), 0).toFixed(2)),
      medianDaysToClose: median(own.map((one) => one.daysToClose)),
      medianResponseMinutes: median(own.map((one) => one.responseMinutes)),
    };
  });
}

/** The probability with which the team would have won each deal, whoever had it. */
export function expectedWins(deals: readonly ClosedDeal[]): number[] {
  const won = deals.filter((deal) => deal.won).length;
  if (won === 0 || won === deals.length) return deals.map((deal) => Number(deal.won));
  const rate = won / deals.length;
  const lifts = new Map<string, { won: number; all: number }>();
  for (const deal of deals) {
    for (const dimension of DIMENSIONS.slice(1)) {
      const key = `${dimension}:${segmentOf(deal, dimension)}`;
      const counts = lifts.get(key) ?? { won: 0, all: 0 };
      lifts.set(key, { won: counts.won + Number(deal.won), all: counts.all + 1 });
    }
  }
  const raw = deals.map((deal) => {
    let logit = logOdds(rate);
    for (const dimension of DIMENSIONS.slice(1)) {
      const counts = lifts.get(`${dimension}:${segmentOf(deal, dimension)}`);
      if (counts === undefined) continue;
      const shrunken = (counts.won + PRIOR_DEALS * rate) / (counts.all + PRIOR_DEALS);
      logit += logOdds(shrunken) - logOdds(rate);
    }
    return 1 / (1 + Math.exp(-logit));
  });
  const scale = won / raw.reduce((sum, each) => sum + each, 0);
  return raw.map((each) => each * scale);
}

function segmentOf(deal: ClosedDeal, dimension: PerformanceRow['dimension']): string {
  switch (dimension) {
    case 'Overall':
      return '';
    case 'Industry':
      return deal.industry;
    case 'Size':
      return deal.size;
    case 'Product':
      return deal.product;
    case 'Source':
      return deal.source;
  }
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** The middle value, or the mean of the two in the middle; null where nothing is known. */
export function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  const upper = known[Math.floor(known.length / 2)];
  const lower = known[Math.ceil(known.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
