import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { FieldValues } from '../../src/values/sobject.ts';
import { fieldXml, objectXml, TestOrg } from '../store/testOrg.ts';

const field = (name: string, rest: string) => ({
  [`objects/Thing__c/fields/${name}__c.field-meta.xml`]: fieldXml(`${name}__c`, 'Text', `<length>20</length>${rest}`),
});

describe('unique fields', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg({
      'objects/Thing__c/Thing__c.object-meta.xml': objectXml('Thing'),
      ...field('Any', '<unique>true</unique><caseSensitive>false</caseSensitive>'),
      ...field('Exact', '<unique>true</unique><caseSensitive>true</caseSensitive>'),
    });
  });

  const insert = (object: string, fields: FieldValues) => {
    const record = org.record(object, fields);
    const [outcome] = org.dml('insert', [record], { allOrNone: false });
    return outcome?.errors.map(({ status, message }) => `${status}: ${message}`).join() ?? '';
  };
  it('shouldCompareInAnyCaseOrExactly', () => {
    const [first] = org.insert('Thing__c', { Any__c: 'abc', Exact__c: 'abc' });
    const id = String(first?.id).slice(0, 15);
    assert.match(insert('Thing__c', { Any__c: 'ABC' }), new RegExp(`^DUPLICATE_VALUE: duplicate value found: .*${id}`));
    assert.equal(insert('Thing__c', { Exact__c: 'ABC' }), '');
    assert.match(insert('Thing__c', { Exact__c: 'abc' }), /^DUPLICATE_VALUE/);
  });

  it('shouldNotCompareWhatIsBlankOrDeletedOrTheRecordItself', () => {
    const [first] = org.insert('Thing__c', { Any__c: 'abc' });
    assert.equal(insert('Thing__c', {}), '');
    assert.equal(insert('Thing__c', { Any__c: null }), '');
    const update = org.dml('update', [org.record('Thing__c', { Id: first?.id, Any__c: 'ABC' })]);
    assert.equal(update[0]?.success, true);
    org.dml('delete', [org.record('Thing__c', { Id: first?.id })]);
    assert.equal(insert('Thing__c', { Any__c: 'abc' }), '');
  });

  it('shouldHaveAMessageOfItsOwnForUserNames', () => {
    org.user('Ann');
    org.begin();
    const user = (username: string, nickname: string) => ({
      ...{ LastName: 'A', Email: 'a@b.example', Alias: 'a', TimeZoneSidKey: 'GMT', LocaleSidKey: 'en_US' },
      ...{ EmailEncodingKey: 'UTF-8', LanguageLocaleKey: 'en_US', Username: username, CommunityNickname: nickname },
      ProfileId: org.org.administrator.profileId,
    });
    assert.match(
      insert('User', user('ANN@test.example', 'one')),
      /^DUPLICATE_USERNAME: Duplicate Username\.<br>Another user has already selected this Username\./,
    );
    assert.equal(insert('User', user('b@test.example', 'two')), '');
    assert.match(insert('User', user('c@test.example', 'TWO')), /^DUPLICATE_VALUE/, 'a nickname is no user name');
    org.insert('Thing__c', { Any__c: 'u' });
    assert.match(insert('Thing__c', { Any__c: 'u' }), /^DUPLICATE_VALUE/);
  });
});
