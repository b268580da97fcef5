import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestOrg } from '../store/testOrg.ts';

describe('user logins', () => {
  it('shouldHaveOneThatIsNotFrozenForEachNewUser', () => {
    const org = new TestOrg();
    const [profile] = org.org.store.tableOf('Profile').find('Name', 'Standard User');
    const user = org.record('User', {
      Username: 'New@Example.invalid',
      LastName: 'New',
      Email: 'new@example.invalid',
      Alias: 'new',
      CommunityNickname: 'new',
      ProfileId: profile?.['Id'],
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
    });
    org.dml('insert', [user]);
    const logins = org.org.store.tableOf('UserLogin').find('UserId', String(user.id));
    assert.equal(org.org.store.tableOf('User').byId(String(user.id))?.['Username'], 'new@example.invalid');
    assert.equal(logins.length, 1);
    assert.equal(logins[0]?.['IsFrozen'], false);
  });

  it('shouldBeMadeByThePlatformOnly', () => {
    const org = new TestOrg();
    assert.throws(() => org.dml('insert', [org.record('UserLogin', {})]));
  });
});
