import type { ApexType } from '../../values/apexType.ts';
import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { assertEqual, assertInstance, assertNotEqual, assertTrue, failAssertion } from './assertion.ts';

type Text = string | null;
type Flag = boolean | null;

export const AssertClass = platformClass('System.Assert', {
  'static void areEqual(Object, Object)': (a: unknown, b: unknown) => assertEqual(a, b),
  'static void areEqual(Object, Object, String)': assertEqual,
  'static void areNotEqual(Object, Object)': (a: unknown, b: unknown) => assertNotEqual(a, b),
  'static void areNotEqual(Object, Object, String)': assertNotEqual,
  'static void fail()': () => failAssertion('Assertion Failed'),
  'static void fail(String)': (message: Text) => assertTrue(false, message),
  'static void isFalse(Boolean)': (condition: Flag) => assertTrue(!required(condition)),
  'static void isFalse(Boolean, String)': (condition: Flag, message: Text) => assertTrue(!required(condition), message),
  'static void isInstanceOfType(Object, Type)': (value: unknown, type: ApexType | null) =>
    assertInstance(value, required(type), true),
  'static void isInstanceOfType(Object, Type, String)': (value: unknown, type: ApexType | null, message: Text) =>
    assertInstance(value, required(type), true, message),
  'static void isNotInstanceOfType(Object, Type)': (value: unknown, type: ApexType | null) =>
    assertInstance(value, required(type), false),
  'static void isNotInstanceOfType(Object, Type, String)': (value: unknown, type: ApexType | null, message: Text) =>
    assertInstance(value, required(type), false, message),
  'static void isNotNull(Object)': (value: unknown) => assertNotEqual(null, value),
  'static void isNotNull(Object, String)': (value: unknown, message: Text) => assertNotEqual(null, value, message),
  'static void isNull(Object)': (value: unknown) => assertEqual(null, value),
  'static void isNull(Object, String)': (value: unknown, message: Text) => assertEqual(null, value, message),
  'static void isTrue(Boolean)': (condition: Flag) => assertTrue(required(condition)),
  'static void isTrue(Boolean, String)': (condition: Flag, message: Text) => assertTrue(required(condition), message),
});
