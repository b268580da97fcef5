import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayRange, isDateLiteral } from '../../src/soql/dateLiterals.ts';
import { dateOf } from '../../src/values/date.ts';

/** Friday. */
const TODAY = dateOf(2026, 5, 15).days;

/** First and last day of a literal. */
function days(literal: string): string {
  const [name = '', n] = literal.toLowerCase().split(':');
  const range = dayRange(name, n === undefined ? null : Number(n), TODAY);
  if (range === null) return 'no literal';
  const day = (at: number): string => new Date(at * 86_400_000).toISOString().slice(0, 10);
  return `${day(range.start)} to ${day(range.end - 1)}`;
}

/** Source: SOQL and SOSL Reference, Date Formats and Date Literals. Weeks start on Sunday, as in the locale en_US. */
describe('date literals', () => {
  const CASES: readonly (readonly [literal: string, days: string])[] = [
    ['YESTERDAY', '2026-05-14 to 2026-05-14'],
    ['TODAY', '2026-05-15 to 2026-05-15'],
    ['TOMORROW', '2026-05-16 to 2026-05-16'],
    ['LAST_WEEK', '2026-05-03 to 2026-05-09'],
    ['THIS_WEEK', '2026-05-10 to 2026-05-16'],
    ['NEXT_WEEK', '2026-05-17 to 2026-05-23'],
    ['LAST_MONTH', '2026-04-01 to 2026-04-30'],
    ['THIS_MONTH', '2026-05-01 to 2026-05-31'],
    ['NEXT_MONTH', '2026-06-01 to 2026-06-30'],
    ['LAST_QUARTER', '2026-01-01 to 2026-03-31'],
    ['THIS_QUARTER', '2026-04-01 to 2026-06-30'],
    ['NEXT_QUARTER', '2026-07-01 to 2026-09-30'],
    ['LAST_YEAR', '2025-01-01 to 2025-12-31'],
    ['THIS_YEAR', '2026-01-01 to 2026-12-31'],
    ['NEXT_YEAR', '2027-01-01 to 2027-12-31'],
    ['THIS_FISCAL_QUARTER', '2026-04-01 to 2026-06-30'],
    ['LAST_FISCAL_YEAR', '2025-01-01 to 2025-12-31'],
    ['LAST_90_DAYS', '2026-02-14 to 2026-05-15'],
    ['NEXT_90_DAYS', '2026-05-16 to 2026-08-13'],
    ['LAST_N_DAYS:3', '2026-05-12 to 2026-05-15'],
    ['NEXT_N_DAYS:3', '2026-05-16 to 2026-05-18'],
    ['N_DAYS_AGO:3', '2026-05-12 to 2026-05-12'],
    ['LAST_N_WEEKS:2', '2026-04-26 to 2026-05-09'],
    ['NEXT_N_WEEKS:2', '2026-05-17 to 2026-05-30'],
    ['N_WEEKS_AGO:2', '2026-04-26 to 2026-05-02'],
    ['LAST_N_MONTHS:2', '2026-03-01 to 2026-04-30'],
    ['NEXT_N_MONTHS:2', '2026-06-01 to 2026-07-31'],
    ['N_MONTHS_AGO:2', '2026-03-01 to 2026-03-31'],
    ['LAST_N_QUARTERS:2', '2025-10-01 to 2026-03-31'],
    ['NEXT_N_QUARTERS:1', '2026-07-01 to 2026-09-30'],
    ['N_QUARTERS_AGO:1', '2026-01-01 to 2026-03-31'],
    ['LAST_N_YEARS:2', '2024-01-01 to 2025-12-31'],
    ['NEXT_N_YEARS:2', '2027-01-01 to 2028-12-31'],
    ['N_YEARS_AGO:1', '2025-01-01 to 2025-12-31'],
    ['LAST_N_FISCAL_QUARTERS:1', '2026-01-01 to 2026-03-31'],
    ['N_FISCAL_YEARS_AGO:1', '2025-01-01 to 2025-12-31'],
    ['THIS_DAY', 'no literal'],
    ['NEXT_CENTURY', 'no literal'],
    ['LAST_N_CENTURIES:2', 'no literal'],
    ['LAST_N_DAYS', 'no literal'],
    ['TODAY:2', 'no literal'],
  ];
  for (const [literal, expected] of CASES) {
    it(`shouldMean: ${literal} is ${expected}`, () => {
      assert.equal(days(literal), expected);
    });
  }

  it('shouldBeKnownByName', () => {
    assert.deepEqual(
      [isDateLiteral('today', null), isDateLiteral('n_days_ago', 1), isDateLiteral('n_days_ago', null)],
      [true, true, false],
    );
  });
});
