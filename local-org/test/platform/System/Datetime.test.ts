import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, failure, run } from '../harness.ts';

// The user of these tests is in Los Angeles; the clock stands at 2024-03-15T20:30:45.678Z.

check('shouldTellDayAndTimeInTheZoneOfTheUser', {
  'Datetime.now().getTime()': '1710534645678',
  'Datetime.now().hour()': '13',
  'Datetime.now().hourGmt()': '20',
  'Datetime.now().minute()': '30',
  'Datetime.now().second()': '45',
  'Datetime.now().millisecond()': '678',
  'Datetime.now().day()': '15',
  'Datetime.now().dayOfYear()': '75',
  'Datetime.now().date().format()': '3/15/2024',
  'Datetime.newInstanceGmt(2024, 3, 16, 2, 0, 0).day()': '15',
  'Datetime.newInstanceGmt(2024, 3, 16, 2, 0, 0).dayGmt()': '16',
  'Datetime.newInstanceGmt(2024, 3, 16, 2, 0, 0).time()': '19:00:00.000Z',
  'Datetime.newInstanceGmt(2024, 3, 16, 2, 0, 0).timeGmt()': '02:00:00.000Z',
  'System.today().day()': '15',
});

check('shouldReadLocalTimesAcrossTheChangesOfClocks', {
  // 2:30 does not exist on 10 March 2024, and 1:30 occurs twice on 3 November.
  'Datetime.newInstance(2024, 3, 10, 2, 30, 0)': '2024-03-10 10:30:00',
  'Datetime.newInstance(2024, 3, 10, 3, 30, 0)': '2024-03-10 10:30:00',
  'Datetime.newInstance(2024, 3, 10, 1, 59, 59)': '2024-03-10 09:59:59',
  'Datetime.newInstance(2024, 11, 3, 1, 30, 0)': '2024-11-03 09:30:00',
  'Datetime.newInstance(2024, 11, 3, 0, 30, 0)': '2024-11-03 07:30:00',
  'Datetime.newInstance(2024, 7, 1)': '2024-07-01 07:00:00',
  'Datetime.newInstance(Date.newInstance(2024, 1, 2), Time.newInstance(3, 4, 5, 6)).getTime()': '1704193445006',
});

check('shouldPrintInGmtAndConvertInTheZoneOfTheUser', {
  'Datetime.now()': '2024-03-15 20:30:45',
  "'' + Datetime.now()": '2024-03-15 20:30:45',
  'String.valueOf(Datetime.now())': '2024-03-15 13:30:45',
  'Date.newInstance(2024, 3, 15)': '2024-03-15 00:00:00',
});

check('shouldAddByTheCalendarOfTheUser', {
  // The day after the clocks went forward has the same hour.
  'Datetime.newInstance(2024, 3, 9, 12, 0, 0).addDays(1).hour()': '12',
  'Datetime.newInstance(2024, 3, 9, 12, 0, 0).addHours(24).hour()': '13',
  "Datetime.newInstance(2024, 1, 31).addMonths(1).format('yyyy-MM-dd')": '2024-02-29',
  "Datetime.newInstance(2024, 2, 29).addYears(1).format('yyyy-MM-dd')": '2025-02-28',
  'Datetime.newInstanceGmt(2024, 1, 1, 0, 0, 0).addMinutes(-1)': '2023-12-31 23:59:00',
  'Datetime.newInstanceGmt(2024, 1, 1, 0, 0, 0).addSeconds(90)': '2024-01-01 00:01:30',
});

check('shouldFormatAsSimpleDateFormat', {
  'Datetime.now().format()': '3/15/2024, 1:30 PM',
  'Datetime.now().formatLong()': '3/15/2024, 1:30:45 PM PDT',
  "Datetime.now().format('yyyy-MM-dd\\'T\\'HH:mm:ss.SSSZ')": '2024-03-15T13:30:45.678-0700',
  "Datetime.now().formatGmt('yyyy-MM-dd\\'T\\'HH:mm:ss\\'Z\\'')": '2024-03-15T20:30:45Z',
  "Datetime.now().format('EEEE, d MMMM yy h:mm a')": 'Friday, 15 March 24 1:30 PM',
  "Datetime.now().format('EEE MMM dd kk:mm:ss z yyyy', 'America/New_York')": 'Fri Mar 15 16:30:45 EDT 2024',
  "Datetime.now().format('XXX', 'Asia/Kolkata')": '+05:30',
  "Datetime.now().formatGmt('X')": 'Z',
  "Datetime.now().format('D w u F')": '75 11 5 3',
  "Datetime.now().format('\\'it\\'\\'s\\' K')": "it's 1",
  "Datetime.newInstanceGmt(2023, 12, 31, 12, 0, 0).formatGmt('YYYY-w')": '2024-1',
});

test('shouldRefusePatternsWithLettersThatMeanNothing', () => {
  assert.equal(failure("Datetime.now().format('b')"), "System.IllegalArgumentException: Illegal pattern character 'b'");
});

check('shouldReadText', {
  "Datetime.valueOf('2008-09-15 14:00:00')": '2008-09-15 21:00:00',
  "Datetime.valueOfGmt('2008-09-15 14:00:00')": '2008-09-15 14:00:00',
  "Datetime.valueOfGmt('2018-13-45 25:99:99')": '2019-02-15 02:40:39',
  "Datetime.parse('10/14/2011, 11:46 AM')": '2011-10-14 18:46:00',
});

test('shouldThrowTypeExceptionWhenTextIsNoDatetime', () => {
  assert.equal(failure("Datetime.valueOfGmt('2026-08-02')"), 'System.TypeException: Invalid date/time: 2026-08-02');
  assert.equal(failure("Datetime.parse('tomorrow')"), 'System.TypeException: Invalid date/time: tomorrow');
});

test('shouldFollowTheLocaleOfTheUser', () => {
  const german = { locale: 'de_DE', timeZone: 'Europe/Berlin' };
  assert.deepEqual(
    run("System.debug(Date.newInstance(2024, 3, 5).format()); System.debug(Date.parse('05.03.2024'));", '', german),
    ['05.03.2024', '2024-03-05 00:00:00'],
  );
  assert.deepEqual(run('System.debug(Date.newInstance(2024, 3, 15).toStartOfWeek());', '', german), [
    '2024-03-11 00:00:00',
  ]);
  assert.deepEqual(run('System.debug(Datetime.now().format());', '', german), ['15.03.2024, 21:30']);
});

check('shouldCalculateWithDates', {
  'Date.newInstance(1960, 2, 17).addDays(14)': '1960-03-02 00:00:00',
  'Date.newInstance(2024, 1, 31).addMonths(1)': '2024-02-29 00:00:00',
  'Date.newInstance(2024, 1, 31).addMonths(-2)': '2023-11-30 00:00:00',
  'Date.newInstance(2024, 2, 29).addYears(-1)': '2023-02-28 00:00:00',
  'Date.newInstance(1999, 12, 31).daysBetween(Date.newInstance(2000, 1, 2))': '2',
  'Date.newInstance(2006, 12, 2).monthsBetween(Date.newInstance(2012, 12, 8))': '72',
  'Date.newInstance(2024, 2, 30)': '2024-03-01 00:00:00',
  'Date.daysInMonth(1960, 2)': '29',
  'Date.isLeapYear(1900)': 'false',
  'Date.isLeapYear(2000)': 'true',
  'Date.newInstance(1999, 7, 17).toStartOfMonth()': '1999-07-01 00:00:00',
  'Date.newInstance(2024, 3, 15).toStartOfWeek()': '2024-03-10 00:00:00',
  'Date.newInstance(1998, 10, 21).dayOfYear()': '294',
  'Datetime.valueOf((Object) null)': 'null',
  "Date.valueOf('2001-09-06')": '2001-09-06 00:00:00',
  "Date.valueOf('2020-01-16 00:00:00:00')": '2020-01-16 00:00:00',
  'Date.valueOf((Object) Datetime.newInstanceGmt(2024, 3, 16, 2, 0, 0))': '2024-03-15 00:00:00',
  "Date.parse('12/27/2009')": '2009-12-27 00:00:00',
  'Date.today().isSameDay(Date.newInstance(2024, 3, 15))': 'true',
});

test('shouldThrowTypeExceptionWhenTextIsNoDate', () => {
  assert.equal(failure("Date.valueOf('abc')"), 'System.TypeException: Invalid date: abc');
  assert.equal(failure("Date.parse('13/40/2009')"), 'System.TypeException: Invalid date: 13/40/2009');
});

check('shouldWrapTimesAroundMidnight', {
  'Time.newInstance(18, 30, 2, 20)': '18:30:02.020Z',
  'Time.newInstance(1, 2, 3, 4).addHours(24)': '01:02:03.004Z',
  'Time.newInstance(23, 59, 59, 0).addSeconds(1)': '00:00:00.000Z',
  'Time.newInstance(0, 0, 0, 0).addMinutes(-1)': '23:59:00.000Z',
  'Time.newInstance(1, 2, 3, 4).addMilliseconds(996)': '01:02:04.000Z',
  'Time.newInstance(3, 14, 15, 926).millisecond()': '926',
});

check('shouldKnowTimeZones', {
  "TimeZone.getTimeZone('America/Los_Angeles').getOffset(Datetime.newInstanceGmt(2012, 10, 23, 12, 0, 0))": '-25200000',
  "TimeZone.getTimeZone('America/Los_Angeles').getOffset(Datetime.newInstanceGmt(2012, 11, 23, 12, 0, 0))": '-28800000',
  "TimeZone.getTimeZone('America/Los_Angeles').getDisplayName()":
    '(GMT-07:00) Pacific Daylight Time (America/Los_Angeles)',
  "TimeZone.getTimeZone('Nowhere').getID()": 'GMT',
});

check('shouldGoOnWhereJavaScriptDatesEnd', {
  'Datetime.newInstance(9223372036854775000L).yearGmt()': '292278994',
  'Datetime.newInstance(9223372036854775000L).monthGmt()': '8',
  'Date.newInstance(292278994, 8, 17).day()': '17',
});
