import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAssignable, isCastable, isSubtype, viewAs } from '../../src/types/assignable.ts';
import type { Type } from '../../src/types/type.ts';
import { Universe } from '../../src/types/universe.ts';
import { loadProject } from '../store/testOrg.ts';

const universe = new Universe(loadProject({}).schema);

function type(text: string): Type {
  const found = text === 'null' ? universe.null : text === 'void' ? universe.void : universe.lookup(text);
  assert.ok(found, `no type ${text}`);
  return found;
}

/** Of lines `from -> to`, those that a relation holds for. */
function holding(relation: (from: Type, to: Type) => boolean, lines: readonly string[]): string[] {
  return lines.filter((line) => {
    const [from = '', to = ''] = line.split(' -> ');
    return relation(type(from), type(to));
  });
}

test('shouldTakeSubtypesForTheirParents', () => {
  const yes = [
    'Account -> SObject',
    'Account -> Object',
    'DmlException -> Exception',
    'null -> Integer',
    'List<Account> -> List<SObject>',
    'List<SObject> -> List<Account>',
    'List<String> -> Iterable<String>',
    'Set<String> -> Iterable<String>',
    'Map<Id, Account> -> Map<Id, SObject>',
    'List<Id> -> List<String>',
    'List<List<Account>> -> List<List<SObject>>',
  ];
  const no = [
    'SObject -> Account',
    'Object -> String',
    'Integer -> Long',
    'List<String> -> Set<String>',
    'Account -> Contact',
    'Set<String> -> Set<Object>',
    'Set<SObject> -> Set<Object>',
  ];
  assert.deepEqual(
    holding((from, to) => isSubtype(universe, from, to), [...yes, ...no]),
    yes,
  );
});

test('shouldAssignWithTheImplicitConversions', () => {
  const yes = [
    'Integer -> Long',
    'Integer -> Decimal',
    'Long -> Double',
    'Double -> Decimal',
    'Decimal -> Double',
    'Id -> String',
    'String -> Id',
    'Date -> Datetime',
    // What the compiler in @salesforce/sfdx-scanner 2.13.7 takes.
    'List<Integer> -> List<Long>',
    'List<Integer> -> List<Decimal>',
    'List<Long> -> List<Double>',
    'List<Double> -> List<Decimal>',
    'List<Decimal> -> List<Double>',
    'List<Date> -> List<Datetime>',
    'List<List<Integer>> -> List<List<Decimal>>',
    'Map<String, Integer> -> Map<String, Long>',
    'Map<String, Integer> -> Map<String, Decimal>',
    'Map<String, Date> -> Map<String, Datetime>',
    'Map<String, List<Integer>> -> Map<String, List<Decimal>>',
    'Name -> Account',
    'Account -> Name',
  ];
  const no = [
    'Long -> Integer',
    'Decimal -> Integer',
    'Double -> Long',
    'Datetime -> Date',
    'Object -> Integer',
    'Integer -> String',
    'void -> Object',
    'Set<String> -> Set<Object>',
    'Set<Id> -> Set<String>',
    'Set<Account> -> Set<SObject>',
    'Map<Id, SObject> -> Map<Id, Account>',
    'List<Long> -> List<Integer>',
    'Set<Integer> -> Set<Long>',
    'Map<Integer, String> -> Map<Long, String>',
    'List<Decimal> -> List<Integer>',
    'List<Datetime> -> List<Date>',
    'List<Set<Integer>> -> List<Set<Decimal>>',
    'List<Object> -> List<String>',
    // The rest is what the compiler in @salesforce/sfdx-scanner 2.13.7 says.
    'SObject -> Account',
    'Map<Id, Integer> -> Map<String, Integer>',
    'Map<String, Integer> -> Map<Id, Integer>',
    'Map<String, Integer> -> Map<Object, Integer>',
    'Map<Account, Integer> -> Map<SObject, Integer>',
  ];
  assert.deepEqual(
    holding((from, to) => isAssignable(from, to, universe), [...yes, ...no]),
    yes,
  );
});

test('shouldCastWhereSomeValueFits', () => {
  const yes = [
    'Object -> Integer',
    'Object -> Map<String, Object>',
    'SObject -> Account',
    'Exception -> DmlException',
    'List<Object> -> List<String>',
    'Map<Id, SObject> -> Map<Id, Account>',
    'List<Decimal> -> List<Integer>',
    'List<Datetime> -> List<Date>',
    'Map<String, Decimal> -> Map<String, Integer>',
    'Decimal -> Integer',
    'Long -> Integer',
  ];
  const no = [
    'String -> Integer',
    'Account -> Contact',
    'List<String> -> Set<String>',
    'Set<Id> -> Set<String>',
    'Map<String, String> -> Map<String, Integer>',
    'Map<Decimal, String> -> Map<Integer, String>',
    'Set<Decimal> -> Set<Integer>',
    'Map<Id, Integer> -> Map<String, Integer>',
    'Map<Object, Integer> -> Map<String, Integer>',
    'Map<SObject, Integer> -> Map<Account, Integer>',
    'Boolean -> Integer',
  ];
  assert.deepEqual(
    holding((from, to) => isCastable(from, to, universe), [...yes, ...no]),
    yes,
  );
});

test('shouldFillInArgumentsOfSupertypes', () => {
  const iterable = type('Iterable<Integer>').def;
  assert.equal(viewAs(universe, type('List<Account>'), iterable), type('Iterable<Account>'));
  assert.equal(viewAs(universe, type('Map<Id, Account>'), iterable), null);
});
