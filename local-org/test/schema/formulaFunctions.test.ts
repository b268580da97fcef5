import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, textOf } from '../../src/schema/formula/evaluate.ts';
import type { FormulaScope } from '../../src/schema/formula/evaluate.ts';
import { parsed } from '../../src/schema/formula/parsed.ts';

const SCOPE: FormulaScope = {
  read: () => null,
  prior: null,
  isText: () => false,
  isNew: false,
  blankAsZero: false,
  now: Date.UTC(2024, 2, 15, 20, 30, 45, 678),
  today: Date.UTC(2024, 2, 15) / 86_400_000,
};

/** Source: Salesforce Help, Formula Operators and Functions A–Z. */
const RESULTS: Readonly<Record<string, string>> = {
  'ROUND(PI(), 4)': '3.1416',
  // Salesforce's grammar: github.com/salesforce/formula-engine, Formula.g4.
  '2 * 3 ^ 2': '36',
  '2 ^ 3 ^ 2': '64',
  'IF(NOT ISBLANK("a") && not (1 = 2), 1 + 2 & "x", "")': '3x',
  'IF(NOT NOT 1 = 1, "a", "b")': 'b',
  'SIN(0) + COS(0)': '1',
  'ROUND(ATAN2(1, 1) * 4, 4)': '3.1416',
  'ASIN(2)': '',
  'TRUNC(-4.567, 1)': '-4.5',
  'TRUNC(4.567)': '4',
  "ASCII('A')": '65',
  'CHR(66)': 'B',
  "INITCAP('salesforce.com is GREAT')": 'Salesforce.Com Is Great',
  "REVERSE('abc')": 'cba',
  "PICKLISTCOUNT('a;b;c')": '3',
  'HOUR(TIMEVALUE(NOW()))': '20',
  'Minute(TIMENOW())': '30',
  'SECOND(TIMENOW()) + MILLISECOND(TIMENOW())': '723',
  "HOUR(TIMEVALUE('17:30:45.125'))": '17',
  // Source of what is a time: octoberswimmer/aer-dist, issue 384
  "MILLISECOND(TIMEVALUE('20:18:00.01'))": '1',
  "SECOND(TIMEVALUE('00020:000018:00005.000001'))": '5',
  "HOUR(TIMEVALUE('20:18:00'))": '',
  "HOUR(TIMEVALUE('20:18:00.'))": '',
  "HOUR(TIMEVALUE('20:18:00.000Z'))": '',
  'UNIXTIMESTAMP(DATE(1970, 1, 2))': '86400',
  'FROMUNIXTIME(86400)': '1970-01-02 00:00:00Z',
  'DAYOFYEAR(DATE(2024, 12, 31))': '366',
  'ISOWEEK(DATE(2021, 1, 3))': '53',
  'ISOYEAR(DATE(2021, 1, 3))': '2020',
  'ISOWEEK(DATE(2024, 3, 15))': '11',
  'FORMATDURATION(8274)': '02:17:54',
  'FORMATDURATION(90061, TRUE)': '1:01:01:01',
  "FORMATDURATION(TIMEVALUE('17:30:00.000'), TIMEVALUE('18:00:00.000'))": '00:30:00',
};

for (const [formula, expected] of Object.entries(RESULTS)) {
  test(`shouldEvaluate ${formula}`, () => assert.equal(textOf(evaluate(parsed(formula), SCOPE)), expected));
}
