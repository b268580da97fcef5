import { ApexDatetime } from '../../values/datetime.ts';
import { equal } from '../../values/equality.ts';
import { raise } from '../../values/exception.ts';
import { toText } from '../../values/text.ts';
import { isInstance, typeNameOf } from '../../values/typeOf.ts';
import type { ApexType } from '../../values/apexType.ts';

/** @throws System.AssertException always; no catch clause sees it */
export function failAssertion(message: string): never {
  raise('System.AssertException', message);
}

/** `Assertion Failed`, then what was given, then the values. */
function failure(given: string | null, details: string): string {
  return given === null || given === '' ? `Assertion Failed: ${details}` : `Assertion Failed: ${given}: ${details}`;
}

/** unverified: text of null in a message. */
function given(message: unknown): string | null {
  return message === null || message === undefined ? null : toText(message);
}

export function assertTrue(condition: boolean | null, message: unknown = null): void {
  if (condition !== true) {
    const text = given(message);
    failAssertion(text === null ? 'Assertion Failed' : `Assertion Failed: ${text}`);
  }
}

/** Datetimes are the same where they are to the second, as suites that pass on Salesforce rely on. */
function same(expected: unknown, actual: unknown): boolean {
  if (expected instanceof ApexDatetime && actual instanceof ApexDatetime) {
    return Math.floor(expected.ms / 1000) === Math.floor(actual.ms / 1000);
  }
  return equal(expected, actual);
}

/** `Assertion Failed: Expected: 1, Actual: 2` */
export function assertEqual(expected: unknown, actual: unknown, message: unknown = null): void {
  if (same(expected, actual)) return;
  failAssertion(failure(given(message), `Expected: ${toText(expected)}, Actual: ${toText(actual)}`));
}

/** `Assertion Failed: Same value: 1` */
export function assertNotEqual(expected: unknown, actual: unknown, message: unknown = null): void {
  if (!same(expected, actual)) return;
  failAssertion(failure(given(message), `Same value: ${toText(actual)}`));
}

/** unverified: the texts of the instance assertions. */
export function assertInstance(value: unknown, type: ApexType, wanted: boolean, message: unknown = null): void {
  if (isInstance(value, type.type) === wanted) return;
  const expected = wanted ? type.type.name : `not ${type.type.name}`;
  failAssertion(failure(given(message), `Expected: ${expected}, Actual: ${typeNameOf(value)}`));
}
