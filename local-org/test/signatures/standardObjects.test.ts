import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadStandardObject, loadStandardObjects, standardIndex } from '../../src/schema/standard/load.ts';
import type { StandardField } from '../../src/schema/standard/load.ts';

const objects = loadStandardObjects();

function field(path: string): StandardField {
  const [object = '', name = ''] = path.split('.');
  const found = loadStandardObject(object)?.fields.find((candidate) => candidate.name === name);
  assert.ok(found, `${path} is not described`);
  return found;
}

function facts(path: string, expected: Partial<StandardField>): void {
  const actual = field(path);
  for (const [key, value] of Object.entries(expected)) {
    assert.deepEqual(actual[key as keyof StandardField], value, `${path}: ${key}`);
  }
}

test('shouldDescribeTheObjectsOfTheFirstThreadWhenLoaded', () => {
  const needed =
    'Lead User Account Contact Opportunity Task Event Group GroupMember QueueSobject Profile PermissionSet ' +
    'PermissionSetAssignment UserRole OutOfOffice Name';
  for (const name of needed.split(' ')) assert.equal(objects.get(name.toLowerCase())?.name, name);
});

test('shouldHaveEachFieldOnceAndAnIdWhenAnObjectIsDescribed', () => {
  for (const object of objects.values()) {
    const names = object.fields.map((candidate) => candidate.name.toLowerCase());
    assert.equal(new Set(names).size, names.length, object.name);
    assert.equal(names[0], object.event ? 'replayid' : 'id', object.name);
  }
});

test('shouldBeConsistentWhenAFieldIsRequired', () => {
  for (const object of objects.values()) {
    for (const candidate of object.fields) {
      const path = `${object.name}.${candidate.name}`;
      const needed = candidate.createable && !candidate.nillable && !candidate.defaultedOnCreate;
      assert.equal(candidate.required, needed, path);
      assert.ok(candidate.type !== 'string' || candidate.length > 0, `${path} has no length`);
      assert.ok(candidate.type !== 'reference' || candidate.referenceTo.length > 0, `${path} refers to nothing`);
      assert.ok(candidate.picklist.filter((value) => value.default).length <= 1, `${path} has two defaults`);
    }
  }
});

test('shouldReferToKnownObjectsWhenAFieldIsALookup', () => {
  const known = new Set(standardIndex().known);
  for (const object of objects.values()) {
    for (const target of object.fields.flatMap((candidate) => candidate.referenceTo)) {
      assert.ok(known.has(target), `${object.name} refers to ${target}`);
    }
  }
});

test('shouldNameALookupToTheParentWhenAChildRelationshipIsDescribed', () => {
  for (const object of objects.values()) {
    for (const child of object.childRelationships) {
      const lookup = field(`${child.object}.${child.field}`);
      assert.ok(lookup.referenceTo.includes(object.name), `${object.name}.${child.name}`);
      assert.equal(child.cascadeDelete, lookup.cascadeDelete, `${object.name}.${child.name}`);
    }
  }
});

test('shouldHaveItsOwnKeyPrefixWhenRecordsOfAnObjectCanBeCreated', () => {
  const prefixes = [...objects.values()].filter((object) => object.createable).map((object) => object.keyPrefix);
  assert.equal(new Set(prefixes).size, prefixes.length);
  for (const prefix of prefixes) assert.match(prefix ?? '', /^[0-9A-Za-z]{3}$/);
});

test('shouldNotBeWrittenByUsersWhenAFieldIsASystemField', () => {
  const system = 'Id CreatedDate CreatedById LastModifiedDate LastModifiedById SystemModstamp IsDeleted'.split(' ');
  for (const object of ['Lead', 'Account', 'Contact', 'Opportunity', 'Task', 'Event']) {
    for (const name of system) {
      facts(`${object}.${name}`, { createable: false, updateable: false, nillable: false, required: false });
    }
  }
});

test('shouldHaveTheReferencesAttributesWhenAFieldOfLeadIsDescribed', () => {
  facts('Lead.Company', { type: 'string', length: 255, required: true, nillable: false, apexType: 'String' });
  facts('Lead.LastName', { length: 80, required: true });
  facts('Lead.FirstName', { length: 40, required: false, nillable: true });
  facts('Lead.Name', { createable: false, nameField: true, length: 121, compoundOf: ['FirstName', 'LastName'] });
  facts('Lead.Status', { required: false, defaultedOnCreate: true, nillable: false, restrictedPicklist: false });
  facts('Lead.OwnerId', { referenceTo: ['Group', 'User'], relationshipName: 'Owner', defaultedOnCreate: true });
  facts('Lead.AnnualRevenue', { type: 'currency', precision: 18, scale: 0, apexType: 'Decimal' });
  facts('Lead.NumberOfEmployees', { type: 'int', precision: 8, apexType: 'Integer' });
  facts('Lead.Email', { type: 'email', length: 80, idLookup: true });
  facts('Lead.Description', { type: 'textarea', length: 32000, filterable: false, sortable: false });
  facts('Lead.Street', { type: 'textarea', length: 255, filterable: true });
  facts('Lead.Address', { type: 'address', apexType: 'Address', createable: false, sortable: false });
  facts('Lead.IsConverted', { createable: true, updateable: false });
  facts('Lead.ConvertedContactId', { createable: false, relationshipName: 'ConvertedContact' });
  facts('Lead.RecordTypeId', { feature: 'RecordTypes' });
});

test('shouldHaveTheReferencesAttributesWhenAFieldOfAnotherObjectIsDescribed', () => {
  facts('User.Username', { length: 80, required: true, unique: true, idLookup: true });
  facts('User.Alias', { length: 8, required: true });
  facts('User.CommunityNickname', { required: false, unique: true });
  facts('User.UserRoleId', { nillable: true, referenceTo: ['UserRole'] });
  facts('User.ProfileId', { required: true, relationshipName: 'Profile' });
  facts('Account.Name', { length: 255, required: true, nameField: true });
  facts('Contact.AccountId', { cascadeDelete: true, nillable: true });
  facts('Opportunity.StageName', { required: true });
  facts('Opportunity.CloseDate', { required: true, type: 'date' });
  facts('Opportunity.Name', { length: 120 });
  facts('Opportunity.Probability', { type: 'percent', precision: 3, defaultedOnCreate: true });
  facts('Opportunity.IsWon', { createable: false });
  facts('Task.WhoId', { referenceTo: ['Contact', 'Lead'], relationshipName: 'Who' });
  facts('Task.Priority', { defaultedOnCreate: true });
  facts('Task.AccountId', { createable: false });
  facts('Event.IsAllDayEvent', { type: 'boolean', defaultedOnCreate: true, createable: true });
  facts('GroupMember.UserOrGroupId', { updateable: false, referenceTo: ['Group', 'User'], required: true });
  facts('Group.RelatedId', { referenceTo: ['User', 'UserRole'], createable: false });
  facts('QueueSobject.QueueId', { referenceTo: ['Group'], relationshipName: 'Queue' });
  facts('PermissionSet.PermissionsModifyAllData', { type: 'boolean', createable: true });
  facts('PermissionSetAssignment.AssigneeId', {
    referenceTo: ['User'],
    relationshipName: 'Assignee',
    updateable: false,
  });
  facts('OutOfOffice.IsEnabled', { filterable: false, updateable: false, defaultedOnCreate: true });
  facts('OutOfOffice.EndDate', { type: 'datetime', required: true });
});

test('shouldSayWhatAPicklistValueSetsWhenItCloses', () => {
  const stage = field('Opportunity.StageName').picklist.find(({ value }) => value === 'Closed Won');
  assert.deepEqual(stage?.sets, { Probability: 100, ForecastCategory: 'Closed', IsClosed: true, IsWon: true });
  const status = field('Lead.Status').picklist;
  assert.equal(status.find((value) => value.default)?.value, 'Open - Not Contacted');
  assert.deepEqual(status.find(({ value }) => value === 'Closed - Converted')?.sets, { IsConverted: true });
});

test('shouldListChildrenByRelationshipNameWhenSoqlNeedsThem', () => {
  const child = (object: string, name: string) =>
    loadStandardObject(object)?.childRelationships.find((candidate) => candidate.name === name);
  assert.equal(child('Account', 'Contacts')?.field, 'AccountId');
  assert.equal(child('Account', 'ChildAccounts')?.field, 'ParentId');
  assert.equal(child('Account', 'Tasks')?.field, 'WhatId');
  assert.equal(child('Lead', 'Tasks')?.field, 'WhoId');
  assert.equal(child('Group', 'GroupMembers')?.field, 'GroupId');
  assert.equal(child('User', 'ManagedUsers')?.field, 'ManagerId');
});

test('shouldTellUnknownFromNotEnabledWhenAFieldOrAnObjectIsMissing', () => {
  assert.ok(loadStandardObject('LEAD')?.notEnabled.includes('CurrencyIsoCode'));
  assert.ok(loadStandardObject('Lead')?.notEnabled.includes('CountryCode'));
  assert.ok(!loadStandardObject('Account')?.fields.some(({ name }) => name === 'IsPersonAccount'));
  assert.equal(loadStandardObject('ServiceAppointment'), undefined);
  assert.ok(standardIndex().known.includes('ServiceAppointment'));
  assert.equal(loadStandardObject('Nonsense'), undefined);
});

test('shouldBeASetupObjectWhenMixedDmlForbidsIt', () => {
  const setup = [...objects.values()].filter((object) => object.setup).map((object) => object.name);
  for (const name of ['User', 'Group', 'GroupMember', 'QueueSobject', 'PermissionSetAssignment', 'UserRole']) {
    assert.ok(setup.includes(name), name);
  }
  for (const name of ['Lead', 'Account', 'Task']) assert.ok(!setup.includes(name), name);
});
