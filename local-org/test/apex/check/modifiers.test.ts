import { test } from 'node:test';
import { acceptsUnits, refusesUnits } from './harness.ts';

test('shouldTakeEveryModifierInItsPlace', () => {
  acceptsUnits(
    'public virtual with sharing class T { public static final Integer A = 1; protected transient String b; public static Integer c() { return 1; } }\n---\npublic class U { }',
    'public abstract inherited sharing class T { protected abstract void m(); public virtual void n() { } protected virtual Integer o() { return 1; } private static void p() { } }',
    'global without sharing class T { global Integer f; webservice static void m() { } global class A { global void n() { } } }',
    'public interface T { void m(); Integer n(String s); }',
    'public virtual interface T { }',
    'public enum T { A, B }',
    '@IsTest private class T { @IsTest private static void m() { } static testMethod void n() { } }',
    'public class T { public Integer a { get; private set; } protected Integer b { private get; set; } public static final Integer C { get; private set; } }',
  );
});

test('shouldRefuseModifiersInOtherPlaces', () => {
  refusesUnits({
    'public static class T { }': 'T.cls:1:21 static is not allowed on classes',
    'public final class T { }':
      'T.cls:1:20 final is not allowed on classes: they are final unless declared virtual or abstract',
    'protected class T { }':
      'T.cls:1:17 Top-level type must have public or global visibility\nT.cls:1:17 protected is not allowed on classes',
    'public abstract interface T { }': 'T.cls:1:27 abstract is not allowed on interfaces',
    'public with sharing enum T { A }': 'T.cls:1:26 with sharing is not allowed on enums',
    'public class T { abstract Integer a; }': 'T.cls:1:35 abstract is not allowed on fields',
    'public class T { virtual Integer a { get; set; } }': 'T.cls:1:34 virtual is not allowed on properties',
    'public class T { override Integer a; }': 'T.cls:1:35 override is not allowed on fields',
    'public class T { transient void m() { } }': 'T.cls:1:33 transient is not allowed on methods',
    'public class T { final void m() { } }':
      'T.cls:1:29 final is not allowed on methods: they are final unless declared virtual or abstract',
    'public class T { with sharing void m() { } }': 'T.cls:1:36 with sharing is not allowed on methods',
    'public class T { static T() { } }': 'T.cls:1:25 static is not allowed on constructors',
    'public class T { Integer a { static get; set; } }': 'T.cls:1:30 static is not allowed on accessors',
    'public interface T { public void m(); }':
      'T.cls:1:34 public is not allowed on interface methods: they are public or global as their interface is',
    'public class T { class A { } static class B { } }': 'T.cls:1:43 static is not allowed on classes',
  });
});

test('shouldRefuseModifiersTwiceAndTogether', () => {
  refusesUnits({
    'public public class T { }': 'T.cls:1:21 Duplicate modifier: public',
    'public class T { private private Integer a; }': 'T.cls:1:42 Duplicate modifier: private',
    'public class T { public private void m() { } }':
      'T.cls:1:38 Declarations can only have one scope, not both public and private',
    'public with sharing without sharing class T { }':
      'T.cls:1:43 Declarations can only have one sharing mode, not both with sharing and without sharing',
    'public abstract virtual class T { }':
      'T.cls:1:31 abstract classes cannot be virtual. Remove virtual: abstract implies it.',
    'public virtual class T { static virtual void m() { } }': 'T.cls:1:46 virtual methods cannot be static',
    'public virtual class T { static override void m() { } }': 'T.cls:1:47 override methods cannot be static',
    'public abstract class T { static abstract void m(); }': 'T.cls:1:48 abstract methods cannot be static',
    'public virtual class T { protected static Integer a; }': 'T.cls:1:51 protected fields cannot be static',
  });
});

test('shouldAskTheTypeAroundForTheSame', () => {
  refusesUnits({
    'public class T { global void m() { } }': 'T.cls:1:30 Defining type for global methods must be declared as global',
    'public class T { webservice static void m() { } }':
      'T.cls:1:41 Defining type for webService methods must be declared as global',
    'global class T { webservice void m() { } }': 'T.cls:1:34 webService methods must be declared as static',
    'public class T { global class A { } }': 'T.cls:1:31 Defining type for global classes must be declared as global',
    'public class T { abstract void m(); }':
      'T.cls:1:32 Defining type for abstract methods must be declared as abstract',
    'public class T { protected void m() { } }':
      'T.cls:1:33 New protected methods cannot be defined in non-virtual classes. Make the class virtual, or the method private.',
    'global class T { class A { global Integer f; } }':
      'T.cls:1:43 Defining type for global fields must be declared as global',
    'public class T { global class A { global void m() { } } }':
      'T.cls:1:31 Defining type for global classes must be declared as global\nT.cls:1:47 Enclosing type for global methods in apex classes must be declared as global',
  });
});

test('shouldKeepStaticsInTopLevelTypes', () => {
  refusesUnits({
    'public class T { class A { static Integer a; } }':
      'T.cls:1:43 static can only be used on fields of a top level type',
    'public class T { class A { static void m() { } } }':
      'T.cls:1:40 static can only be used on methods of a top level type',
    'public class T { class A { static { } } }': 'T.cls:1:28 Inner types are not allowed to have static blocks',
    'public class T { class A { class B { } } }': 'T.cls:1:34 Inner types are not allowed to have inner types',
    'public class T { class A { static Integer a { get; set; } } }':
      'T.cls:1:43 static can only be used on fields of a top level type',
  });
});

test('shouldAskTopLevelTypesToBeOpen', () => {
  refusesUnits({
    'class T { }': 'T.cls:1:7 Top-level type must have public or global visibility',
    'private class T { }': 'T.cls:1:15 Top-level type must have public or global visibility',
    'enum T { A }': 'T.cls:1:6 Top-level type must have public or global visibility',
  });
});

test('shouldAskForOpenAbstractAndOverridingMethodsSinceVersion65', () => {
  refusesUnits(
    {
      'public abstract class T { abstract void m(); }':
        'T.cls:1:41 abstract methods require at least one of the following protected, public, global (since API version 65).',
      "public class T { override String toString() { return ''; } }":
        'T.cls:1:34 override methods require at least one of the following protected, public, global (since API version 65).',
    },
    65,
  );
});

test('shouldNotYetAskForThemInVersion64', () => {
  acceptsUnits('public abstract class T { abstract void m(); }');
});
