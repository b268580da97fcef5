import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RunningUser } from '../../src/engine/transaction.ts';
import { PreparedPlan, prepareQuery } from '../../src/soql/prepare.ts';
import { apexError, fieldXml, objectXml, SYSTEM, TestOrg, USER } from '../store/testOrg.ts';

const lookup = (name: string, to: string) =>
  fieldXml(name, 'Lookup', `<referenceTo>${to}</referenceTo><relationshipName>Lines</relationshipName>`);

const FILES = {
  'objects/Deal__c/Deal__c.object-meta.xml': objectXml('Deal'),
  'objects/Deal__c/fields/Text__c.field-meta.xml': fieldXml('Text__c', 'Text', '<length>20</length>'),
  'objects/Line__c/Line__c.object-meta.xml': objectXml('Line'),
  'objects/Line__c/fields/Deal__c.field-meta.xml': lookup('Deal__c', 'Deal__c'),
  'objects/Line__c/fields/Text__c.field-meta.xml': fieldXml('Text__c', 'Text', '<length>20</length>'),
  'objects/Line__c/fields/More__c.field-meta.xml': fieldXml('More__c', 'Text', '<length>20</length>'),
};

/** Queries in user mode and WITH SECURITY_ENFORCED by a user with rights to some objects and fields. */
describe('checks of queries', () => {
  let org: TestOrg;
  let user: RunningUser;
  let set: string;

  beforeEach(() => {
    org = new TestOrg(FILES);
    user = org.user('Min', 'Minimum Access - Salesforce');
    org.begin();
    const [deal] = org.insert('Deal__c', { Name: 'D' });
    org.insert('Line__c', { Name: 'L', Deal__c: deal?.id });
    org.begin();
    set = org.org.insertSystem('PermissionSet', { Name: 'S', Label: 'S', IsCustom: true });
    org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: set });
  });

  const grant = (object: string, ...fields: string[]) => {
    org.org.insertSystem('ObjectPermissions', { ParentId: set, SobjectType: object, PermissionsRead: true });
    for (const name of fields) {
      const row = { ParentId: set, SobjectType: object, Field: `${object}.${name}`, PermissionsRead: true };
      org.org.insertSystem('FieldPermissions', row);
    }
  };

  const denied = (text: string) => {
    org.begin(user);
    const error = apexError(() => org.query(text, [], USER));
    assert.equal(error.qualifiedName, 'System.QueryException');
    const fields = [...(error.inaccessible ?? [])].map(([object, names]) => `${object}: ${[...names].join()}`);
    return `${error.text.split('.')[0] ?? ''} | ${fields.join(' ')}`;
  };

  it('shouldDenyAnObjectOfWhichNoFieldIsNamed', () => {
    org.begin(user);
    const count = apexError(() => org.count('SELECT COUNT() FROM Deal__c', [], USER));
    assert.match(count.text, /^sObject type 'Deal__c' is not supported\./);
    org.begin();
    grant('Deal__c');
    org.begin(user);
    assert.equal(org.count('SELECT COUNT() FROM Deal__c', [], USER), 1);
  });

  it('shouldDenyAParentThatMayNotBeRead', () => {
    grant('Line__c', 'Deal__c');
    assert.equal(denied('SELECT Deal__r.Name FROM Line__c'), "sObject type 'Deal__c' is not supported | Deal__c: Name");
    assert.equal(
      denied("SELECT Id, Name FROM Line__c WHERE Deal__r.Text__c = 'x' AND Deal__r.Name = 'y'"),
      "sObject type 'Deal__c' is not supported | Deal__c: Text__c,Name",
      'the fields of that object only',
    );
  });

  it('shouldTellAllInaccessibleFieldsByObject', () => {
    grant('Line__c', 'Deal__c');
    grant('Deal__c');
    assert.equal(
      denied('SELECT Name, Text__c, More__c, Deal__r.Text__c FROM Line__c'),
      "No such column 'Text__c' on entity 'Line__c' | Line__c: Text__c,More__c Deal__c: Text__c",
    );
  });

  it('shouldDenyWithSecurityEnforcedWhatMayNotBeRead', () => {
    const message = 'Insufficient permissions: secure query included inaccessible field';
    const outcome = (text: string) => {
      org.begin(user);
      // Classes of API version 67 and later may not use the clause.
      const query = prepareQuery(org.org.schema, `${text} WITH SECURITY_ENFORCED`, 66);
      assert.ok(query instanceof PreparedPlan);
      const run = () => org.org.data.count(query, [], SYSTEM);
      try {
        return String(run());
      } catch {
        return apexError(run).text;
      }
    };
    assert.equal(outcome('SELECT COUNT() FROM Deal__c'), message);
    org.begin();
    grant('Line__c', 'Deal__c');
    assert.equal(outcome('SELECT Name FROM Line__c'), '1');
    assert.equal(outcome('SELECT Text__c FROM Line__c'), message);
    assert.equal(outcome('SELECT Deal__r.Name FROM Line__c'), message, 'of an object that may not be read');
    org.begin();
    grant('Deal__c');
    assert.equal(outcome('SELECT Deal__r.Name FROM Line__c'), '1');
    assert.equal(outcome('SELECT Deal__r.Text__c FROM Line__c'), message);
    assert.equal(outcome('SELECT Name FROM Line__c WHERE Text__c = null'), '1', 'only SELECT counts');
  });
});
