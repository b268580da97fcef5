import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findField, findMethods } from '../../src/types/members.ts';
import { Universe } from '../../src/types/universe.ts';
import { loadProject, objectXml } from '../store/testOrg.ts';

const { schema } = loadProject({ 'objects/Invoice__c/Invoice__c.object-meta.xml': objectXml('Invoice') });
const universe = new Universe(schema);

test('shouldInternTypes', () => {
  assert.equal(universe.lookup('List<Account>'), universe.listOf(universe.sobject('account') ?? universe.SObject));
  assert.equal(universe.lookup('account[]'), universe.lookup('List<ACCOUNT>'));
  assert.equal(universe.lookup('Map<String, Set<Id>>'), universe.mapOf(universe.String, universe.setOf(universe.Id)));
});

test('shouldFindTypesByAnyOfTheirNames', () => {
  const names = [
    'string',
    'System.String',
    'Schema.Account',
    'Invoice__c',
    'Database.SaveResult',
    'Schema.SObjectType',
    'SObjectType',
    'Object',
  ];
  assert.deepEqual(
    names.map((name) => universe.lookup(name)?.name),
    ['String', 'String', 'Account', 'Invoice__c', 'Database.SaveResult', 'SObjectType', 'SObjectType', 'Object'],
  );
});

test('shouldFindNoTypesThatThereAreNot', () => {
  for (const name of [
    'Zork',
    'Zork__c',
    'List<Zork>',
    'List',
    'List<String, String>',
    'String<Integer>',
    'Database.Zork',
    '',
  ]) {
    assert.equal(universe.lookup(name), null, name);
  }
});

test('shouldFillInTypeArgumentsOfMembers', () => {
  const map = universe.mapOf(universe.Id, universe.listOf(universe.Decimal));
  const [get] = findMethods(universe, map, 'GET');
  assert.deepEqual([get?.params.map((param) => param.name), get?.returns.name], [['Id'], 'List<Decimal>']);
  const [values] = findMethods(universe, map, 'values');
  assert.equal(values?.returns.name, 'List<List<Decimal>>');
});

test('shouldFindInheritedMembers', () => {
  const dml = universe.platform('System.DmlException');
  assert.equal(findMethods(universe, dml, 'getMessage')[0]?.symbol.owner.name, 'Exception');
  assert.equal(findField(universe, dml, 'zork'), null);
});
