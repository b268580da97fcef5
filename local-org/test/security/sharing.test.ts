import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RunningUser } from '../../src/engine/transaction.ts';
import { fieldXml, objectXml, SHARING, TestOrg, xml } from '../store/testOrg.ts';

const detail = (parent: string, more = '') =>
  fieldXml(
    'Parent__c',
    'MasterDetail',
    `<referenceTo>${parent}</referenceTo><relationshipName>${more === '' ? 'Parts' : 'Looks'}</relationshipName>${more}`,
  );

const standard = (name: string, model: string) => ({
  [`objects/${name}/${name}.object-meta.xml`]: xml('CustomObject', `<sharingModel>${model}</sharingModel>`),
});

const FILES = {
  'objects/Open__c/Open__c.object-meta.xml': objectXml('Open', '<sharingModel>ReadWrite</sharingModel>'),
  'objects/Shown__c/Shown__c.object-meta.xml': objectXml('Shown', '<sharingModel>Read</sharingModel>'),
  'objects/Closed__c/Closed__c.object-meta.xml': objectXml('Closed', '<sharingModel>Private</sharingModel>'),
  'objects/Part__c/Part__c.object-meta.xml': objectXml('Part', '<sharingModel>ControlledByParent</sharingModel>'),
  'objects/Part__c/fields/Parent__c.field-meta.xml': detail('Closed__c'),
  'objects/Piece__c/Piece__c.object-meta.xml': objectXml('Piece', '<sharingModel>ControlledByParent</sharingModel>'),
  'objects/Piece__c/fields/Parent__c.field-meta.xml': detail('Part__c'),
  'objects/Look__c/Look__c.object-meta.xml': objectXml('Look', '<sharingModel>ControlledByParent</sharingModel>'),
  'objects/Look__c/fields/Parent__c.field-meta.xml': detail(
    'Shown__c',
    '<writeRequiresMasterRead>true</writeRequiresMasterRead>',
  ),
  'objects/Strict__c/Strict__c.object-meta.xml': objectXml('Strict', '<sharingModel>ControlledByParent</sharingModel>'),
  'objects/Strict__c/fields/Parent__c.field-meta.xml': detail('Shown__c').replace('Parts', 'Stricts'),
  'objects/Both__c/Both__c.object-meta.xml': objectXml('Both', '<sharingModel>ControlledByParent</sharingModel>'),
  'objects/Both__c/fields/Parent__c.field-meta.xml': detail('Open__c').replace('Parts', 'FirstBoths'),
  'objects/Both__c/fields/Second__c.field-meta.xml': detail('Closed__c')
    .replace('Parts', 'SecondBoths')
    .replaceAll('Parent', 'Second'),
  'objects/Twin__c/Twin__c.object-meta.xml': objectXml('Twin', '<sharingModel>ControlledByParent</sharingModel>'),
  'objects/Twin__c/fields/Parent__c.field-meta.xml': detail('Closed__c').replace('Parts', 'FirstTwins'),
  'objects/Twin__c/fields/Second__c.field-meta.xml': detail('Closed__c')
    .replace('Parts', 'SecondTwins')
    .replaceAll('Parent', 'Second'),
  'roles/Boss.role-meta.xml': xml('Role', '<name>Boss</name>'),
  'roles/Rep.role-meta.xml': xml('Role', '<name>Rep</name><parentRole>Boss</parentRole>'),
  'roles/Junior.role-meta.xml': xml('Role', '<name>Junior</name><parentRole>Rep</parentRole>'),
  'roles/Other.role-meta.xml': xml('Role', '<name>Other</name>'),
  'groups/Team.group-meta.xml': xml('Group', '<name>Team</name>'),
  ...standard('Account', 'Private'),
  ...standard('Opportunity', 'Private'),
};

describe('sharing', () => {
  let org: TestOrg;
  let ann: RunningUser;
  let bob: RunningUser;
  let boss: RunningUser;

  const role = (name: string) => org.org.store.tableOf('UserRole').find('DeveloperName', name)[0]?.['Id'];
  const person = (name: string, roleName: string) => org.user(name, 'Standard User', { UserRoleId: role(roleName) });

  beforeEach(() => {
    org = new TestOrg(FILES);
    ann = person('Ann', 'Rep');
    bob = person('Bob', 'Rep');
    boss = person('Boss', 'Boss');
  });

  /** A record as Ann makes it. */
  function made(object: string, fields: Record<string, unknown> = {}): string {
    org.begin(ann);
    const name = ['Contact', 'Task', 'Event', 'Lead'].includes(object) ? {} : { Name: 'R' };
    const id = String(org.insert(object, { ...name, ...fields })[0]?.id);
    org.begin();
    return id;
  }

  /** Of read, edit and delete, what a user may do with a record where sharing counts. */
  function may(user: RunningUser, object: string, id: string): string {
    org.begin(user);
    const done: string[] = [];
    if (org.count(`SELECT COUNT() FROM ${object} WHERE Id = '${id}'`, [], SHARING) === 1) done.push('read');
    const options = { access: SHARING, allOrNone: false };
    const mark = org.org.mark();
    if (org.dml('update', [org.record(object, { Id: id })], options)[0]?.success) done.push('edit');
    if (org.dml('delete', [org.record(object, { Id: id })], options)[0]?.success) done.push('delete');
    org.org.undoTo(mark);
    return done.join(' ');
  }

  const share = (parent: string, id: string, user: RunningUser | string, level: string) =>
    org.insert(`${parent.replace('__c', '')}__Share`, {
      ParentId: id,
      UserOrGroupId: typeof user === 'string' ? user : user.id,
      AccessLevel: level,
    });

  describe('by organisation-wide defaults', () => {
    const CASES: readonly (readonly [object: string, others: string])[] = [
      ['Open__c', 'read edit'],
      ['Shown__c', 'read'],
      ['Closed__c', ''],
    ];
    for (const [object, others] of CASES) {
      it(`shouldGiveOthersOf ${object}: ${others || 'nothing'}`, () => {
        const id = made(object);
        assert.equal(may(ann, object, id), 'read edit delete', 'the owner');
        assert.equal(may(boss, object, id), 'read edit delete', 'those above');
        assert.equal(may(bob, object, id), others);
      });
    }

    it('shouldLetLeadsBeChangedButNotDeletedByAllWithoutMetadata', () => {
      const id = made('Lead', { LastName: 'L', Company: 'C' });
      assert.equal(may(bob, 'Lead', id), 'read edit');
    });
  });

  it('shouldNeedBothMastersOfADetailWithTwo', () => {
    const open = made('Open__c');
    const closed = made('Closed__c');
    const id = made('Both__c', { Parent__c: open, Second__c: closed });
    assert.equal(may(bob, 'Both__c', id), '');
    share('Closed__c', closed, bob, 'Read');
    assert.equal(may(bob, 'Both__c', id), 'read');
    const twin = made('Twin__c', { Parent__c: closed, Second__c: made('Closed__c') });
    assert.equal(may(bob, 'Twin__c', twin), '', 'one of two private masters is not enough');
    assert.equal(may(bob, 'Twin__c', made('Twin__c', { Parent__c: closed, Second__c: closed })), 'read');
    assert.match(may(ann, 'Both__c', id), /^read edit/);
  });

  describe('by role', () => {
    it('shouldGoUpOverSeveralLevelsAndNeverDownOrAside', () => {
      const junior = person('Junior', 'Junior');
      const other = person('Other', 'Other');
      org.begin(junior);
      const id = String(org.insert('Closed__c', { Name: 'J' })[0]?.id);
      assert.equal(may(boss, 'Closed__c', id), 'read edit delete');
      assert.equal(may(ann, 'Closed__c', id), 'read edit delete');
      assert.equal(may(other, 'Closed__c', id), '');
      const bosses = (() => {
        org.begin(boss);
        return String(org.insert('Closed__c', { Name: 'B' })[0]?.id);
      })();
      assert.equal(may(junior, 'Closed__c', bosses), '');
    });

    it('shouldGiveNothingToUsersWithoutARole', () => {
      assert.equal(may(org.user('None'), 'Closed__c', made('Closed__c')), '');
    });
  });

  describe('by shares', () => {
    for (const [level, rights] of [
      ['Read', 'read'],
      ['Edit', 'read edit'],
    ] as const) {
      it(`shouldGive ${rights} with ${level}, to those above too`, () => {
        const id = made('Closed__c');
        const other = person('Other', 'Other');
        share('Closed__c', id, bob, level);
        assert.equal(may(bob, 'Closed__c', id), rights);
        assert.equal(may(other, 'Closed__c', id), '');
      });
    }

    it('shouldReachTheMembersOfAGroup', () => {
      const id = made('Closed__c');
      const [team] = org.org.store.tableOf('Group').find('DeveloperName', 'Team');
      share('Closed__c', id, String(team?.['Id']), 'Read');
      assert.equal(may(bob, 'Closed__c', id), '');
      org.begin();
      org.insert('GroupMember', { GroupId: team?.['Id'], UserOrGroupId: bob.id });
      assert.equal(may(bob, 'Closed__c', id), 'read');
    });

    it('shouldReachWhoHasARoleAndForRolesAndSubordinatesThoseBelow', () => {
      const junior = person('Junior', 'Junior');
      const groups = org.org.store.tableOf('Group').find('RelatedId', role('Rep'));
      const alone = groups.find((group) => group['Type'] === 'Role');
      const below = groups.find((group) => group['Type'] === 'RoleAndSubordinates');
      assert.ok(alone && below);
      org.begin(boss);
      const first = String(org.insert('Closed__c', { Name: '1' })[0]?.id);
      const second = String(org.insert('Closed__c', { Name: '2' })[0]?.id);
      org.begin();
      share('Closed__c', first, String(alone['Id']), 'Read');
      share('Closed__c', second, String(below['Id']), 'Read');
      assert.equal(may(bob, 'Closed__c', first), 'read');
      assert.equal(may(junior, 'Closed__c', first), '');
      assert.equal(may(bob, 'Closed__c', second), 'read');
      assert.equal(may(junior, 'Closed__c', second), 'read');
    });

    it('shouldBeSeenByWhoSeesTheRecordAndWrittenByItsOwnerAndThoseAbove', () => {
      const id = made('Closed__c');
      const [entry] = share('Closed__c', id, bob, 'Edit');
      const shareId = String(entry?.id);
      const sees = (user: RunningUser) => {
        org.begin(user);
        return org.count(`SELECT COUNT() FROM Closed__Share WHERE Id = '${shareId}'`, [], SHARING);
      };
      const other = person('Other', 'Other');
      assert.deepEqual([sees(ann), sees(bob), sees(boss), sees(other)], [1, 1, 1, 0]);
      const removes = (user: RunningUser) => {
        org.begin(user);
        const mark = org.org.mark();
        const [outcome] = org.dml('delete', [org.record('Closed__Share', { Id: shareId })], {
          access: SHARING,
          allOrNone: false,
        });
        org.org.undoTo(mark);
        return outcome?.success;
      };
      assert.deepEqual([removes(bob), removes(ann), removes(boss)], [false, true, true]);
    });
  });

  describe('of details', () => {
    it('shouldFollowTheMasterOverTwoLevels', () => {
      const master = made('Closed__c');
      const part = made('Part__c', { Parent__c: master });
      const piece = made('Piece__c', { Parent__c: part });
      assert.equal(may(ann, 'Piece__c', piece), 'read edit delete');
      assert.equal(may(bob, 'Piece__c', piece), '');
      assert.equal(may(bob, 'Part__c', part), '');
      org.begin();
      share('Closed__c', master, bob, 'Read');
      assert.equal(may(bob, 'Part__c', part), 'read');
      assert.equal(may(bob, 'Piece__c', piece), 'read');
      org.begin();
      share('Closed__c', master, bob, 'Edit');
      assert.equal(may(bob, 'Piece__c', piece), 'read edit delete');
    });

    it('shouldBeWrittenByWhoReadsTheMasterWhereThatIsEnough', () => {
      const master = made('Shown__c');
      assert.equal(may(bob, 'Look__c', made('Look__c', { Parent__c: master })), 'read edit delete');
      assert.equal(may(bob, 'Strict__c', made('Strict__c', { Parent__c: master })), 'read');
    });
  });

  describe('of contacts', () => {
    it('shouldFollowTheAccount', () => {
      const account = made('Account');
      const contact = made('Contact', { LastName: 'C', AccountId: account });
      assert.equal(may(ann, 'Contact', contact), 'read edit delete');
      assert.equal(may(bob, 'Contact', contact), '');
      org.begin();
      org.insert('AccountShare', {
        AccountId: account,
        UserOrGroupId: bob.id,
        AccountAccessLevel: 'Read',
        OpportunityAccessLevel: 'None',
      });
      assert.equal(may(bob, 'Contact', contact), 'read');
    });

    it('shouldBePrivateWithoutAnAccount', () => {
      const contact = made('Contact', { LastName: 'C' });
      assert.equal(may(ann, 'Contact', contact), 'read edit delete');
      assert.equal(may(boss, 'Contact', contact), 'read edit delete');
      assert.equal(may(bob, 'Contact', contact), '');
    });
  });

  describe('of accounts', () => {
    for (const child of ['Contact', 'Opportunity', 'Case']) {
      it(`shouldLetWhoOwnsOneOfItsRecordsReadIt: ${child}`, () => {
        const account = made('Account');
        assert.equal(may(bob, 'Account', account), '');
        org.begin();
        const fields =
          child === 'Contact' ? { LastName: 'C' } : child === 'Case' ? {} : { Name: 'O', StageName: 'Prospecting' };
        const id = org.org.insertSystem(child, { ...fields, AccountId: account, OwnerId: bob.id });
        assert.equal(may(bob, 'Account', account), 'read');
        org.org.updateSystem(child, id, { IsDeleted: true });
        assert.equal(may(bob, 'Account', account), '');
      });
    }
  });

  describe('of activities', () => {
    for (const object of ['Task', 'Event']) {
      const activity = (fields: Record<string, unknown>) =>
        org.org.insertSystem(object, { Subject: 'S', OwnerId: ann.id, ...fields });

      it(`shouldBeReadByWhoReadsWhatItIsAboutAndWrittenByItsOwner: ${object}`, () => {
        const open = activity({ WhatId: made('Open__c') });
        const closed = activity({ WhatId: made('Closed__c') });
        const who = activity({ WhoId: made('Lead', { LastName: 'L', Company: 'C' }) });
        const alone = activity({});
        const sees = (user: RunningUser, id: string) => {
          org.begin(user);
          return org.count(`SELECT COUNT() FROM ${object} WHERE Id = '${id}'`, [], SHARING) === 1;
        };
        assert.deepEqual(
          [open, closed, who, alone].map((id) => sees(bob, id)),
          [true, false, true, false],
        );
        assert.deepEqual(
          [open, closed, who, alone].map((id) => sees(ann, id) && sees(boss, id)),
          [true, true, true, true],
        );
        const edits = (user: RunningUser) => {
          org.begin(user);
          const record = org.record(object, { Id: open, Subject: 'T' });
          return org.dml('update', [record], { access: SHARING, allOrNone: false })[0]?.errors[0]?.status ?? 'done';
        };
        assert.equal(edits(bob), 'INSUFFICIENT_ACCESS_OR_READONLY');
        assert.notEqual(edits(ann), 'INSUFFICIENT_ACCESS_OR_READONLY');
      });
    }
  });

  it('shouldLetUsersWriteOnlyThemselves', () => {
    const edits = (user: RunningUser, id: string) => {
      org.begin(user);
      const record = org.record('User', { Id: id, Title: 'T' });
      return org.dml('update', [record], { access: SHARING, allOrNone: false })[0]?.success;
    };
    assert.deepEqual([edits(bob, bob.id), edits(bob, ann.id), edits(boss, bob.id)], [true, false, false]);
    org.begin(bob);
    assert.equal(org.count(`SELECT COUNT() FROM User WHERE Id = '${ann.id}'`, [], SHARING), 1);
  });

  describe('of what has no owner that counts', () => {
    for (const object of ['Product2', 'Group']) {
      it(`shouldBeEverybodysAsFarAsSharingGoes: ${object}`, () => {
        const id = made(object, object === 'Group' ? { DeveloperName: 'G', Type: 'Regular' } : {});
        org.begin();
        assert.equal(may(bob, object, id), 'read edit delete');
      });
    }
  });

  it('shouldGiveEverythingWithAShareOfAll', () => {
    const id = made('Closed__c');
    org.org.insertSystem('Closed__Share', { ParentId: id, UserOrGroupId: bob.id, AccessLevel: 'All' });
    assert.equal(may(bob, 'Closed__c', id), 'read edit delete');
  });

  it('shouldShowActivitiesOfRecordsThatAreShared', () => {
    const id = made('Closed__c');
    const task = org.org.insertSystem('Task', { Subject: 'S', OwnerId: ann.id, WhatId: id });
    const sees = () => {
      org.begin(bob);
      return org.count(`SELECT COUNT() FROM Task WHERE Id = '${task}'`, [], SHARING);
    };
    assert.equal(sees(), 0);
    org.begin();
    share('Closed__c', id, bob, 'Read');
    assert.equal(sees(), 1);
  });

  it('shouldEndWhereRolesOrGroupsGoRoundInACircle', () => {
    const top = role('Boss') as string;
    org.org.updateSystem('UserRole', top, { ParentRoleId: role('Junior') as string });
    const [one, two] = ['One', 'Two'].map((name) =>
      org.org.insertSystem('Group', { Name: name, DeveloperName: name, Type: 'Regular' }),
    );
    for (const [group, member] of [
      [one, two],
      [two, one],
      [one, bob.id],
    ]) {
      org.org.insertSystem('GroupMember', { GroupId: group, UserOrGroupId: member });
    }
    const id = made('Closed__c');
    share('Closed__c', id, String(two), 'Read');
    assert.equal(may(bob, 'Closed__c', id), 'read', 'through the group in the group');
  });
});

describe('sharing of details of details', () => {
  const level = (n: number) => `L${n}__c`;
  const chain = Array.from({ length: 13 }, (_, n): [string, string][] => [
    [
      `objects/${level(n)}/${level(n)}.object-meta.xml`,
      objectXml(`L${n}`, `<sharingModel>${n === 0 ? 'Private' : 'ControlledByParent'}</sharingModel>`),
    ],
    ...(n === 0
      ? []
      : [
          [
            `objects/${level(n)}/fields/Parent__c.field-meta.xml`,
            detail(level(n - 1)).replace('Parts', `Parts${n}`),
          ] as [string, string],
        ]),
  ]);

  it('shouldFollowElevenMastersAndGiveNothingBelow', () => {
    const org = new TestOrg(Object.fromEntries(chain.flat()));
    const bob = org.user('Bob');
    org.begin();
    let parent: string | undefined;
    for (let n = 0; n < 13; n++) {
      const fields: Record<string, unknown> = parent === undefined ? {} : { Parent__c: parent };
      parent = String(org.insert(level(n), { Name: 'R', ...fields })[0]?.id);
      if (n === 0) org.insert('L0__Share', { ParentId: parent, UserOrGroupId: bob.id, AccessLevel: 'Read' });
    }
    org.begin(bob);
    const seen = Array.from({ length: 13 }, (_, n) => org.count(`SELECT COUNT() FROM ${level(n)}`, [], SHARING));
    assert.deepEqual(seen, [...Array<number>(12).fill(1), 0]);
  });
});
