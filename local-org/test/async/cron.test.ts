import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CronProblem, parseCron } from '../../src/async/cron.ts';

const utc = () => 0;
const at = (text: string) => Date.parse(`${text}Z`);
const firings = (expression: string, from: string, count: number, zone = utc) => {
  const cron = parseCron(expression);
  const found: string[] = [];
  for (let time = cron.next(at(from), zone); time !== null && found.length < count; time = cron.next(time, zone)) {
    found.push(new Date(time).toISOString().slice(0, 19));
  }
  return found;
};

describe('cron expressions', () => {
  it('shouldFireEachHourWhenTheHoursAreAStar', () => {
    assert.deepEqual(firings('0 5 * * * ?', '2026-03-01T10:05:00', 2), ['2026-03-01T11:05:00', '2026-03-01T12:05:00']);
  });

  it('shouldFireOnListedAndRangedDaysWhenTheyAreNamed', () => {
    assert.deepEqual(firings('0 0 8 ? * MON-WED,FRI', '2026-11-22T00:00:00', 4), [
      '2026-11-23T08:00:00',
      '2026-11-24T08:00:00',
      '2026-11-25T08:00:00',
      '2026-11-27T08:00:00',
    ]);
  });

  it('shouldFireOnTheLastDayWhenTheDayIsL', () => {
    assert.deepEqual(firings('0 0 0 L * ?', '2028-01-15T00:00:00', 2), ['2028-01-31T00:00:00', '2028-02-29T00:00:00']);
  });

  it('shouldFireOnTheNearestWeekdayWhenTheDayIsW', () => {
    assert.deepEqual(firings('0 0 0 1W * ?', '2026-07-15T00:00:00', 2), ['2026-08-03T00:00:00', '2026-09-01T00:00:00']);
  });

  it('shouldFireOnTheThirdFridayWhenTheDayOfWeekHasANumber', () => {
    assert.deepEqual(firings('0 0 12 ? * 6#3', '2026-01-01T00:00:00', 2), [
      '2026-01-16T12:00:00',
      '2026-02-20T12:00:00',
    ]);
  });

  it('shouldFireOnceWhenTheYearIsGivenAndNeverAfter', () => {
    assert.deepEqual(firings('30 15 10 24 12 ? 2027', '2026-01-01T00:00:00', 5), ['2027-12-24T10:15:30']);
  });

  it('shouldFireByTheClocksOfTheUserWhenTheZoneIsAhead', () => {
    assert.deepEqual(
      firings('0 0 9 * * ?', '2026-01-01T00:00:00', 1, () => 3_600_000),
      ['2026-01-01T08:00:00'],
    );
  });

  it('shouldFireEveryFourHoursWhenHoursHaveAStep', () => {
    assert.deepEqual(firings('0 0 0/8 * * ?', '2026-01-01T00:00:00', 3), [
      '2026-01-01T08:00:00',
      '2026-01-01T16:00:00',
      '2026-01-02T00:00:00',
    ]);
  });

  for (const [expression, message] of [
    ['0 0/5 * * * ?', /Seconds and minutes must be specified as integers: 0\/5/],
    ['0,30 0 * * * ?', /Seconds and minutes must be specified as integers/],
    ['0 0 24 * * ?', /Illegal Hours value: 24/],
    ['0 0 0 ? * ?', /'\?' can only be specified for Day-of-Month -OR- Day-of-Week/],
    ['0 0 0 1 * MON', /both a day-of-week AND a day-of-month/],
    ['0 0 0', /Unexpected end of expression/],
  ] as const) {
    it(`shouldRefuseWhenTheExpressionIs ${expression}`, () => {
      assert.throws(
        () => parseCron(expression),
        (error) => error instanceof CronProblem && message.test(error.message),
      );
    });
  }
});
