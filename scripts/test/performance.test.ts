import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectedWins, median, rollUp } from '../load/performance.ts';
import type { ClosedDeal } from '../load/performance.ts';
import { sizeBand } from '../load/sizeBands.ts';

function deal(changes: Partial<ClosedDeal>): ClosedDeal {
  return {
    repKey: 'r1',
    won: true,
    industry: 'Retail',
    size: '50-249',
    product: 'Hub',
    source: 'Web',
    daysToClose: 10,
    responseMinutes: null,
    ...changes,
  };
}

function times(count: number, changes: Partial<ClosedDeal>): ClosedDeal[] {
  return Array.from({ length: count }, () => deal(changes));
}

describe('rollUp', () => {
  it('shouldCountWinsAndLossesBySegment', () => {
    const rows = rollUp([...times(3, {}), ...times(2, { won: false, industry: 'Energy' })]);
    const of = (dimension: string, value: string): unknown => {
      const row = rows.find((each) => each.dimension === dimension && each.value === value);
      return row && [row.won, row.lost];
    };
    assert.deepEqual(of('Overall', ''), [3, 2]);
    assert.deepEqual(of('Industry', 'Retail'), [3, 0]);
    assert.deepEqual(of('Industry', 'Energy'), [0, 2]);
    assert.deepEqual(of('Product', 'Hub'), [3, 2]);
  });

  it('shouldMakeNoSegmentOfWhatIsNotKnown', () => {
    const rows = rollUp([deal({ source: '', size: '' }), deal({ won: false, source: '', size: '' })]);
    assert.deepEqual([...new Set(rows.map(({ dimension }) => dimension))], ['Overall', 'Industry', 'Product']);
  });

  it('shouldKeepRepresentativesApart', () => {
    const rows = rollUp([deal({}), deal({ repKey: 'r2', won: false })]);
    const overall = rows.filter(({ dimension }) => dimension === 'Overall');
    assert.deepEqual(
      overall.map(({ repKey, won, lost }) => [repKey, won, lost]),
      [
        ['r1', 1, 0],
        ['r2', 0, 1],
      ],
    );
  });

  it('shouldExpectMoreOfWhoeverWasGivenTheBetterLeads', () => {
    // Given an industry that the team wins and one that it loses, and two who each win half of what they have.
    const team = [
      ...times(80, { repKey: 'team', industry: 'Technology' }),
      ...times(20, { repKey: 'team', industry: 'Technology', won: false }),
      ...times(20, { repKey: 'team', industry: 'Energy' }),
      ...times(80, { repKey: 'team', industry: 'Energy', won: false }),
    ];
    const spoilt = [true, false].flatMap((won) => times(5, { repKey: 'spoilt', industry: 'Technology', won }));
    const tested = [true, false].flatMap((won) => times(5, { repKey: 'tested', industry: 'Energy', won }));
    const rows = rollUp([...team, ...spoilt, ...tested]).filter(({ dimension }) => dimension === 'Overall');
    const expected = (key: string): number => rows.find(({ repKey }) => repKey === key)?.expectedWon ?? Number.NaN;
    assert.ok(expected('spoilt') > 5, 'Half of good leads is less than expected');
    assert.ok(expected('tested') < 5, 'Half of bad leads is more than expected');
  });
});

describe('expectedWins', () => {
  it('shouldExpectOfTheTeamExactlyWhatItWon', () => {
    const deals = [
      ...times(30, { industry: 'Retail' }),
      ...times(10, { industry: 'Energy', won: false }),
      ...times(25, { product: 'Gate', won: false, source: 'Phone' }),
      ...times(7, { size: '1000+' }),
    ];
    const sum = expectedWins(deals).reduce((total, each) => total + each, 0);
    assert.ok(Math.abs(sum - 37) < 1e-9, String(sum));
  });

  it('shouldStayFiniteWhenAllWereWon', () => {
    assert.deepEqual(expectedWins(times(3, {})), [1, 1, 1]);
  });
});

describe('median', () => {
  it('shouldTakeTheMiddleOrTheMeanOfTheTwoInTheMiddle', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 2, 9]), 3);
    assert.equal(median([null, 7, null]), 7);
    assert.equal(median([null]), null);
  });
});

describe('sizeBand', () => {
  it('shouldPutEachNumberOfEmployeesIntoItsBand', () => {
    assert.deepEqual([1, 49, 50, 249, 250, 999, 1000, 99_999].map(sizeBand), [
      ...['1-49', '1-49', '50-249', '50-249', '250-999', '250-999', '1000+', '1000+'],
    ]);
  });
});
