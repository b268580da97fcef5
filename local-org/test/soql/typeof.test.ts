import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { TestOrg } from '../store/testOrg.ts';

// Source: SOQL and SOSL Reference, TYPEOF.
let org: TestOrg;

before(() => {
  org = new TestOrg({});
  const [shop] = org.insert('Account', { Name: 'Shop', Phone: '5' });
  org.insert('Task', { Subject: 'Call', WhatId: shop?.id });
  org.insert('Contact', { LastName: 'Keeper', AccountId: shop?.id });
});

test('shouldReadPathsFromTheObjectOfTheCase', () => {
  const [task] = org.query(
    'SELECT TYPEOF What WHEN Account THEN Phone, Owner.Username, Owner.Profile.Name ELSE Name END FROM Task',
  );
  const shop = task?.parent('What');
  assert.equal(shop?.get('Phone'), '5');
  assert.equal(shop?.parent('Owner')?.get('Username'), 'admin@local.org');
  assert.equal(shop?.parent('Owner')?.parent('Profile')?.get('Name'), 'System Administrator');
});

test('shouldFollowThePolymorphicFieldOfAParent', () => {
  const [keeper] = org.query(
    'SELECT Name, Account.Name, TYPEOF Account.Owner WHEN User THEN Username END FROM Contact',
  );
  assert.equal(keeper?.parent('Account')?.get('Name'), 'Shop');
  assert.equal(keeper?.parent('Account')?.parent('Owner')?.get('Username'), 'admin@local.org');
});
