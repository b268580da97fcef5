import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPattern } from '../../src/values/datePattern.ts';
import { isZone, zoneOf } from '../../src/values/zone.ts';

/** What V8 itself says the offset is, measured at every call. */
function measured(zone: string, ms: number): number {
  const text = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(ms)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text ?? '');
  const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
  return (match?.[1] === '-' ? -minutes : minutes) * 60_000;
}

test('shouldKnowOffsetsAroundChangesOfClocks', () => {
  for (const zone of [
    'America/Los_Angeles',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/St_Johns',
  ]) {
    for (let ms = Date.UTC(2024, 0, 1); ms < Date.UTC(2025, 0, 1); ms += 5 * 3_600_000) {
      assert.equal(zoneOf(zone).offset(ms), measured(zone, ms), `${zone} at ${new Date(ms).toISOString()}`);
    }
  }
});

test('shouldFindTheInstantThatClocksShow', () => {
  const berlin = zoneOf('Europe/Berlin');
  for (let ms = Date.UTC(2024, 0, 1); ms < Date.UTC(2025, 0, 1); ms += 1_800_000) {
    const again = berlin.instant(ms + berlin.offset(ms));
    // The hour that occurs twice is read as its second occurrence.
    if (again !== ms) assert.equal(again - ms, 3_600_000, new Date(ms).toISOString());
  }
});

test('shouldTakeOwnOffsetsAndUnknownNamesAsJavaDoes', () => {
  assert.equal(zoneOf('GMT+05:30').offset(0), 19_800_000);
  assert.equal(zoneOf('GMT-3').offset(0), -10_800_000);
  assert.equal(zoneOf('Nowhere/Else').offset(0), 0);
  assert.equal(isZone('Nowhere/Else'), false);
});

test('shouldNumberWeeksFromTheOneWithTheFirstOfJanuary', () => {
  const gmt = zoneOf('GMT');
  const week = (year: number, month: number, day: number): string =>
    formatPattern(Date.UTC(year, month - 1, day), 'YYYY w W', gmt, 'en_US');
  assert.equal(week(2024, 1, 1), '2024 1 1');
  assert.equal(week(2024, 1, 7), '2024 2 2');
  assert.equal(week(2022, 12, 31), '2022 53 5');
  assert.equal(week(2023, 12, 31), '2024 1 6');
  assert.equal(week(2021, 1, 1), '2021 1 1');
});
