import { UNKNOWN, capitalised, daysBetween, readAmount, readDay } from './cells.ts';
import type { DataProblem, Note } from './dataProblem.ts';
import { nearest } from './nearest.ts';
import type { MavenTables, Row, RowOf } from './readTables.ts';
import { AMBIGUOUS_COUNTRIES, COUNTRIES, INDUSTRIES } from './terms.ts';

export interface MavenAccount {
  readonly name: string;
  readonly industry: string | null;
  /** US dollars; the file has millions. */
  readonly revenue: number | null;
  readonly employees: number | null;
  readonly country: string | null;
  readonly parent: string | null;
}

export interface MavenProduct {
  readonly name: string;
  readonly series: string;
  /** US dollars. */
  readonly price: number | null;
}

export interface MavenRep {
  readonly name: string;
  readonly manager: string;
  readonly region: string;
}

export interface MavenDeal {
  readonly id: string;
  /** Null where the team knows no such agent. */
  readonly rep: MavenRep | null;
  readonly product: string | null;
  readonly account: MavenAccount | null;
  readonly stage: 'Won' | 'Lost' | 'Engaging' | 'Prospecting';
  /** ISO dates. */
  readonly engagedOn: string | null;
  readonly closedOn: string | null;
  /** US dollars. */
  readonly value: number | null;
}

/** The data set as it is loaded, and what was not as it should be. */
export interface MavenData {
  readonly accounts: readonly MavenAccount[];
  readonly products: readonly MavenProduct[];
  readonly reps: readonly MavenRep[];
  readonly deals: readonly MavenDeal[];
  readonly problems: readonly DataProblem[];
}

const LEFT_OUT = 'left out';
const STAGES = ['Won', 'Lost', 'Engaging', 'Prospecting'] as const;
const MILLION = 1_000_000;

/** Reads values out of the cells. Nothing in them is fatal: what can't be taken as it stands is reported. */
export function clean(tables: MavenTables): MavenData {
  const problems: DataProblem[] = [];
  const noteIn =
    (file: string): Note =>
    (line, field, value, takenAs) =>
      problems.push({ file, line, field, value, taken_as: takenAs });
  const accounts = cleanAccounts(tables['accounts.csv'], noteIn('accounts.csv'));
  const products = cleanProducts(tables['products.csv'], noteIn('products.csv'));
  const reps = cleanTeams(tables['sales_teams.csv'], noteIn('sales_teams.csv'));
  const deals = cleanDeals(tables['sales_pipeline.csv'], { accounts, products, reps }, noteIn('sales_pipeline.csv'));
  return { accounts, products, reps, deals, problems };
}

function cleanAccounts(rows: readonly RowOf<'accounts.csv'>[], note: Note): MavenAccount[] {
  const named = withDistinctKey(rows, 'account', note);
  const names = named.map(({ cells }) => cells.account);
  return named.map(({ line, cells }) => {
    const revenue = readAmount(cells.revenue, 'revenue', line, note);
    return {
      name: cells.account,
      industry: cells.sector === '' ? null : meant(cells.sector, INDUSTRIES, 'sector', line, note),
      revenue: revenue === null ? null : Math.round(revenue * MILLION),
      employees: readAmount(cells.employees, 'employees', line, note),
      country: countryOf(cells.office_location, line, note),
      parent: cells.subsidiary_of === '' ? null : known(cells.subsidiary_of, names, 'subsidiary_of', line, note),
    };
  });
}

function cleanProducts(rows: readonly RowOf<'products.csv'>[], note: Note): MavenProduct[] {
  return withDistinctKey(rows, 'product', note).map(({ line, cells }) => ({
    name: cells.product,
    series: cells.series,
    price: readAmount(cells.sales_price, 'sales_price', line, note),
  }));
}

function cleanTeams(rows: readonly RowOf<'sales_teams.csv'>[], note: Note): MavenRep[] {
  return withDistinctKey(rows, 'sales_agent', note).map(({ line, cells }) => {
    if (cells.manager === '') note(line, 'manager', '', UNKNOWN);
    if (cells.regional_office === '') note(line, 'regional_office', '', UNKNOWN);
    return {
      name: cells.sales_agent,
      manager: cells.manager || UNKNOWN,
      region: cells.regional_office || UNKNOWN,
    };
  });
}

interface Masters {
  readonly accounts: readonly MavenAccount[];
  readonly products: readonly MavenProduct[];
  readonly reps: readonly MavenRep[];
}

function cleanDeals(rows: readonly RowOf<'sales_pipeline.csv'>[], masters: Masters, note: Note): MavenDeal[] {
  const accounts = new Map(masters.accounts.map((account) => [account.name, account]));
  const reps = new Map(masters.reps.map((rep) => [rep.name, rep]));
  const products = masters.products.map(({ name }) => name);
  return withDistinctKey(rows, 'opportunity_id', note).flatMap(({ line, cells }) => {
    const stage = meant(cells.deal_stage, STAGES, 'deal_stage', line, () => {});
    const isKnown = STAGES.find((each) => each === stage);
    if (isKnown === undefined) {
      note(line, 'deal_stage', cells.deal_stage, LEFT_OUT);
      return [];
    }
    if (stage !== cells.deal_stage) note(line, 'deal_stage', cells.deal_stage, isKnown);
    const isClosed = isKnown === 'Won' || isKnown === 'Lost';
    const dates = datesOf(cells, isClosed, line, note);
    const account = known(cells.account, [...accounts.keys()], 'account', line, note);
    const agent = known(cells.sales_agent, [...reps.keys()], 'sales_agent', line, note);
    return {
      id: cells.opportunity_id,
      rep: agent === null ? null : (reps.get(agent) ?? null),
      product: known(cells.product, products, 'product', line, note),
      account: account === null ? null : (accounts.get(account) ?? null),
      stage: isKnown,
      ...dates,
      value: isClosed || cells.close_value !== '' ? readAmount(cells.close_value, 'close_value', line, note) : null,
    };
  });
}

function datesOf(
  cells: RowOf<'sales_pipeline.csv'>['cells'],
  isClosed: boolean,
  line: number,
  note: Note,
): Pick<MavenDeal, 'engagedOn' | 'closedOn'> {
  const engagedOn = readDay(cells.engage_date, 'engage_date', line, note);
  const closedOn = readDay(cells.close_date, 'close_date', line, note);
  if (isClosed && cells.close_date === '') note(line, 'close_date', '', UNKNOWN);
  if (engagedOn !== null && closedOn !== null && daysBetween(engagedOn, closedOn) < 0) {
    note(line, 'close_date', cells.close_date, UNKNOWN);
    return { engagedOn, closedOn: null };
  }
  return { engagedOn, closedOn };
}

/** Rows whose key is there for the first time; lines that are too short or too long are noted and taken. */
function withDistinctKey<Column extends string>(
  rows: readonly Row<Column>[],
  key: NoInfer<Column>,
  note: Note,
): Row<Column>[] {
  const seen = new Set<string>();
  return rows.filter(({ line, cells, surplus }) => {
    const value = cells[key];
    if (value === '' || seen.has(value)) {
      note(line, key, value, LEFT_OUT);
      return false;
    }
    seen.add(value);
    if (surplus < 0) note(line, '', `${-surplus} cells are missing at the end`, 'blank');
    if (surplus > 0) note(line, '', `${surplus} cells too many at the end`, LEFT_OUT);
    return true;
  });
}

/** One of the known terms, or null; a blank and whatever is not known are noted. */
function known(text: string, terms: readonly string[], field: string, line: number, note: Note): string | null {
  const term = text === '' ? null : nearest(text, terms);
  if (term !== text) note(line, field, text, term ?? UNKNOWN);
  return term;
}

/** A term that people are free to choose: a typing error of a known one is mended, anything else stays. */
function meant(text: string, terms: readonly string[], field: string, line: number, note: Note): string {
  const term = nearest(text, terms) ?? capitalised(text);
  if (term.toLowerCase() !== text.toLowerCase()) note(line, field, text, term);
  return term;
}

function countryOf(text: string, line: number, note: Note): string | null {
  const [, chosen] = Object.entries(AMBIGUOUS_COUNTRIES).find(([name]) => name === text) ?? [];
  if (chosen === undefined) return known(text, COUNTRIES, 'office_location', line, note);
  note(line, 'office_location', text, chosen);
  return chosen;
}
