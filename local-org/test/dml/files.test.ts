import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { ApexBlob } from '../../src/values/blob.ts';
import type { FieldValues } from '../../src/values/sobject.ts';
import { apexError, TestOrg } from '../store/testOrg.ts';

/** Source: Object Reference, ContentVersion, ContentDocument and ContentDocumentLink. */
describe('files', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg();
  });

  const blob = (text: string) => new ApexBlob(Buffer.from(text));
  const version = (fields: FieldValues) => String(org.insert('ContentVersion', fields)[0]?.id);
  const one = (text: string, ...names: string[]) => {
    const [row] = org.query(text);
    return names.map((name) => row?.get(name));
  };

  const MISSING: readonly (readonly [fields: FieldValues, missing: string])[] = [
    [{}, 'PathOnClient, VersionData'],
    [{ PathOnClient: 'a.txt' }, 'VersionData'],
    [{ VersionData: blob('x') }, 'PathOnClient'],
    [{ PathOnClient: '', VersionData: blob('x') }, 'PathOnClient'],
    [{ PathOnClient: 'a.txt', VersionData: blob('') }, 'VersionData'],
  ];
  for (const [fields, missing] of MISSING) {
    it(`shouldNeedAPathAndContent: ${missing} is missing`, () => {
      const error = apexError(() => version(fields));
      assert.equal(error.dml[0]?.message, `Required fields are missing: [${missing}]`);
    });
  }

  it('shouldNeedContentOnlyWhenTheyAreMade', () => {
    const id = version({ PathOnClient: 'a.txt', VersionData: blob('x') });
    const change = (fields: FieldValues) =>
      org.dml('update', [org.record('ContentVersion', { Id: id, ...fields })], { allOrNone: false })[0]?.errors[0];
    assert.equal(change({ VersionData: null }), undefined);
    assert.equal(change({ Title: null })?.message, 'Required fields are missing: [Title]');
  });

  it('shouldTakeContentThatIsStoredAlready', () => {
    const error = apexError(() => version({ ContentBodyId: org.org.administrator.id }));
    assert.notEqual(error.dml[0]?.status, 'REQUIRED_FIELD_MISSING');
  });

  it('shouldBeLinksWithoutContent', () => {
    version({ ContentUrl: 'https://a.example', Title: 'Link' });
    assert.deepEqual(one('SELECT Title, ContentSize FROM ContentVersion', 'Title', 'ContentSize'), ['Link', 0]);
  });

  const TYPES: readonly (readonly [path: string, type: string, extension: string | null, title: string])[] = [
    ['notes.txt', 'TEXT', 'txt', 'notes'],
    ['dir/Report.PDF', 'PDF', 'PDF', 'Report'],
    ['archive.tar.zip', 'ZIP', 'zip', 'archive.tar'],
    ['data.unheard', 'UNKNOWN', 'unheard', 'data'],
    ['README', 'UNKNOWN', null, 'README'],
  ];
  for (const [path, type, extension, title] of TYPES) {
    it(`shouldHaveTypeAndTitleByTheirPath: ${path}`, () => {
      version({ PathOnClient: path, VersionData: blob('four') });
      assert.deepEqual(
        one(
          'SELECT FileType, FileExtension, Title, ContentSize, VersionNumber FROM ContentVersion',
          ...['FileType', 'FileExtension', 'Title', 'ContentSize', 'VersionNumber'],
        ),
        [type, extension, title, 4, '1'],
      );
    });
  }

  it('shouldGetADocumentAndLinksToOwnerAndPlace', () => {
    const [account] = org.insert('Account', { Name: 'A' });
    version({ PathOnClient: 'a.txt', VersionData: blob('x'), FirstPublishLocationId: account?.id });
    const links = () =>
      org
        .query('SELECT LinkedEntityId, ShareType FROM ContentDocumentLink ORDER BY ShareType')
        .map((row) => [row.get('LinkedEntityId'), row.get('ShareType')]);
    const me = org.org.administrator.id;
    assert.deepEqual(links(), [
      [me, 'I'],
      [account?.id, 'V'],
    ]);
  });

  it('shouldLinkTheirOwnerOnceWhereTheyArePublishedThere', () => {
    version({ PathOnClient: 'a.txt', VersionData: blob('x'), FirstPublishLocationId: org.org.administrator.id });
    assert.equal(org.count('SELECT COUNT() FROM ContentDocumentLink'), 1);
  });

  it('shouldHaveVersionsOfWhichTheLastIsTheLatest', () => {
    const first = version({ PathOnClient: 'a.txt', VersionData: blob('x') });
    const [documentId] = one('SELECT ContentDocumentId FROM ContentVersion', 'ContentDocumentId');
    for (const [path, text] of [
      ['b.pdf', 'xx'],
      ['c.png', 'xxx'],
    ]) {
      version({ PathOnClient: path, VersionData: blob(String(text)), ContentDocumentId: documentId });
    }
    const versions = org.query('SELECT VersionNumber, IsLatest, Title FROM ContentVersion ORDER BY VersionNumber');
    assert.deepEqual(
      versions.map((row) => [row.get('VersionNumber'), row.get('IsLatest'), row.get('Title')]),
      [
        ['1', false, 'a'],
        ['2', false, 'b'],
        ['3', true, 'c'],
      ],
    );
    assert.deepEqual(
      one('SELECT Title, FileType, ContentSize FROM ContentDocument', 'Title', 'FileType', 'ContentSize'),
      ['c', 'PNG', 3],
    );
    org.dml('update', [org.record('ContentVersion', { Id: first, Title: 'renamed' })]);
    assert.equal(org.count('SELECT COUNT() FROM ContentDocument'), 1, 'a change makes no document');
    assert.deepEqual(one('SELECT VersionNumber FROM ContentVersion WHERE IsLatest = TRUE', 'VersionNumber'), ['3']);
  });
});
