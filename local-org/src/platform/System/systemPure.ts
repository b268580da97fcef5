import { current } from '../../engine/current.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { apexFrames, required } from '../../values/exception.ts';
import { equal, hashOf } from '../../values/equality.ts';
import { toText } from '../../values/text.ts';
import { assertEqual, assertNotEqual, assertTrue } from './assertion.ts';
import { today } from './Date.ts';
import { now } from './Datetime.ts';

function debug(level: string, value: unknown): void {
  const trace: { stack?: string } = {};
  Error.captureStackTrace(trace, debug);
  current.tx.debug(level, toText(value), apexFrames(trace.stack ?? '')[0]?.line ?? 1);
}

/** The members of System.System that need neither jobs nor data. */
export const systemMembers = {
  'static void assert(Boolean)': (condition: boolean | null) => assertTrue(required(condition)),
  'static void assert(Boolean, Object)': (condition: boolean | null, message: unknown) =>
    assertTrue(required(condition), message),
  'static void assertEquals(Object, Object)': (expected: unknown, actual: unknown) => assertEqual(expected, actual),
  'static void assertEquals(Object, Object, Object)': assertEqual,
  'static void assertNotEquals(Object, Object)': (expected: unknown, actual: unknown) =>
    assertNotEqual(expected, actual),
  'static void assertNotEquals(Object, Object, Object)': assertNotEqual,
  'static Long currentTimeMillis()': () => BigInt(Math.floor(current.tx.services.now())),
  'static void debug(Object)': (value: unknown) => debug('DEBUG', value),
  'static void debug(LoggingLevel, Object)': (level: ApexEnum | null, value: unknown) =>
    debug(required(level).name, value),
  'static Boolean equals(Object, Object)': equal,
  'static Integer hashCode(Object)': hashOf,
  'static Datetime now()': now,
  'static Date today()': today,
} as const;
