import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure, run } from '../harness.ts';

test('shouldReadACheckboxThatIsNotSetAsNullByNameAndAsUncheckedAsAMember', () => {
  assert.deepEqual(
    run(
      `Contact c = new Contact(); System.debug(c.DoNotCall); System.debug(c.get('DoNotCall'));
       System.debug(c.get(Contact.DoNotCall)); c.DoNotCall = false; System.debug(c.get('DoNotCall'));`,
    ),
    ['false', 'null', 'null', 'false'],
  );
});

test('shouldFindChildrenByTheLookupThatLeadsToThem', () => {
  assert.deepEqual(
    run(
      `Contact c = (Contact) JSON.deserialize('{"Events":{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Event"},"Subject":"s"}]}}', Contact.class);
       System.debug(c.getSObjects(Event.WhoId).size()); System.debug(c.getSObjects('Events').size());`,
    ),
    ['1', '1'],
  );
  assert.equal(
    failure('new Contact().getSObjects(Account.OwnerId);'),
    'System.SObjectException: Invalid relationship OwnerId for Contact',
  );
});

test('shouldNameNoQuickAction', () => {
  assert.deepEqual(run('System.debug(new Contact().getQuickActionName());'), ['null']);
});

test('shouldHoldTwoDescriptionsOfOneFieldForEqual', () => {
  assert.deepEqual(
    run(
      `Object a = Account.Name.getDescribe(); Object b = Account.Name.getDescribe(); System.debug(a == b);
       Object c = Account.Phone.getDescribe(); System.debug(a == c);
       Object d = Account.SObjectType.getDescribe(); Object e = Schema.SObjectType.Account; System.debug(d == e);`,
    ),
    ['true', 'false', 'true'],
  );
});

test('shouldTellThatTheOrgIsNotReadOnly', () => {
  assert.deepEqual(run('System.debug(System.getApplicationReadWriteMode() == ApplicationReadWriteMode.READ_ONLY);'), [
    'false',
  ]);
});

test('shouldCompareIdsWithTextOf15CharactersInAssertions', () => {
  assert.deepEqual(
    run(
      `Id a = '001000000000001'; System.assertEquals('001000000000001', a); Assert.areEqual(a, '001000000000001', 'm');
       System.debug('equal'); Assert.areNotEqual('no id', a); System.debug('other');`,
    ),
    ['equal', 'other'],
  );
  assert.match(
    failure("Id a = '001000000000001'; Assert.areEqual('001000000000002', a);"),
    /^System.AssertException: Assertion Failed: Expected: 001000000000002AAA, Actual: 001000000000001AAA/,
  );
});

test('shouldGiveAnErrorOfAPartOfANameToTheName', () => {
  // Source: octoberswimmer/aer-dist, issue 152
  assert.deepEqual(
    run(
      `Contact c = new Contact(); c.addError(Contact.FirstName, 'a'); c.LastName.addError('b'); c.addError('Email', 'c');
       for (Database.Error e : c.getErrors()) { System.debug(e.getFields()); }`,
    ),
    ['(Name)', '(Name)', '(Email)'],
  );
});

test('shouldFindNullWhereAQueryFoundNoChildren', () => {
  // Source: octoberswimmer/aer-dist, issue 219
  assert.deepEqual(
    run(
      `Account a = (Account) JSON.deserialize('{"Contacts":{"totalSize":0,"done":true,"records":[]}}', Account.class);
       System.debug(a.getSObjects('Contacts')); System.debug(a.Contacts.size());`,
    ),
    ['null', '0'],
  );
});
