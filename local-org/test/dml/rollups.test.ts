import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { dateOf } from '../../src/values/date.ts';
import { decFromText } from '../../src/values/decimal.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { toText } from '../../src/values/text.ts';
import { apexError, fieldXml, objectXml, TestOrg, USER, xml } from '../store/testOrg.ts';

const summary = (name: string, operation: string, field: string | null, filter = '') => ({
  [`objects/Master__c/fields/${name}__c.field-meta.xml`]: fieldXml(
    `${name}__c`,
    'Summary',
    (field === null ? '' : `<summarizedField>Detail__c.${field}</summarizedField>`) +
      `<summaryForeignKey>Detail__c.Master__c</summaryForeignKey><summaryOperation>${operation}</summaryOperation>${filter}`,
  ),
});

const where = (operation: string, value: string, field = 'Amount__c') =>
  `<summaryFilterItems><field>Detail__c.${field}</field><operation>${operation}</operation><value>${value}</value></summaryFilterItems>`;

const FILES = {
  'objects/Master__c/Master__c.object-meta.xml': objectXml('Master'),
  'objects/Detail__c/Detail__c.object-meta.xml': objectXml('Detail'),
  'objects/Detail__c/fields/Master__c.field-meta.xml': fieldXml(
    'Master__c',
    'MasterDetail',
    '<referenceTo>Master__c</referenceTo><relationshipName>Details</relationshipName>' +
      '<reparentableMasterDetail>true</reparentableMasterDetail>',
  ),
  'objects/Detail__c/fields/Amount__c.field-meta.xml': fieldXml(
    'Amount__c',
    'Number',
    '<precision>8</precision><scale>2</scale>',
  ),
  'objects/Detail__c/fields/Day__c.field-meta.xml': fieldXml('Day__c', 'Date'),
  'objects/Detail__c/fields/Kind__c.field-meta.xml': fieldXml('Kind__c', 'Text', '<length>20</length>'),
  'objects/Detail__c/fields/Twice__c.field-meta.xml': fieldXml(
    'Twice__c',
    'Number',
    '<formula>Amount__c * 2</formula><precision>8</precision><scale>2</scale>',
  ),
  ...summary('Twice', 'sum', 'Twice__c'),
  ...summary('MostTwice', 'max', 'Twice__c'),
  ...summary('TwiceOverFive', 'count', null, where('greaterThan', '5', 'Twice__c')),
  ...summary('Count', 'count', null),
  ...summary('Sum', 'sum', 'Amount__c'),
  ...summary('Least', 'min', 'Amount__c'),
  ...summary('Most', 'max', 'Amount__c'),
  ...summary('First', 'min', 'Day__c'),
  ...summary('Last', 'max', 'Day__c'),
  ...summary('Five', 'count', null, where('equals', '5')),
  ...summary('NotFive', 'count', null, where('notEqual', '5')),
  ...summary('Over', 'count', null, where('greaterThan', '5')),
  ...summary('From', 'count', null, where('greaterOrEqual', '5')),
  ...summary('Under', 'count', null, where('lessThan', '5')),
  ...summary('UpTo', 'count', null, where('lessOrEqual', '5')),
  ...summary('OneOf', 'count', null, where('equals', 'Red, blue', 'Kind__c')),
  ...summary('RedUnderSix', 'count', null, where('equals', 'red', 'Kind__c') + where('lessThan', '6')),
  'objects/Master__c/validationRules/Few.validationRule-meta.xml': xml(
    'ValidationRule',
    '<fullName>Few</fullName><active>true</active><errorConditionFormula>Count__c &gt; 4</errorConditionFormula>' +
      '<errorMessage>Too many</errorMessage>',
  ),
};

/** Source: Salesforce Help, Roll-Up Summary Field. */
describe('roll-up summaries', () => {
  let org: TestOrg;
  let masters: SObjectValue[];

  beforeEach(() => {
    org = new TestOrg(FILES);
    masters = org.insert('Master__c', { Name: 'A' }, { Name: 'B' });
  });

  it('shouldFollowTheDaysOfItsDetails', () => {
    const [first] = details(0, { day: 5 }, { day: 9 });
    const span = () => org.query('SELECT First__c, Last__c FROM Master__c ORDER BY Name')[0];
    assert.deepEqual([span()?.get('First__c'), span()?.get('Last__c')], [dateOf(2026, 5, 5), dateOf(2026, 5, 9)]);
    org.dml('update', [org.record('Detail__c', { Id: first?.id, Day__c: dateOf(2026, 5, 12) })]);
    assert.deepEqual([span()?.get('First__c'), span()?.get('Last__c')], [dateOf(2026, 5, 9), dateOf(2026, 5, 12)]);
  });

  const details = (of: number, ...rows: { amount?: string; day?: number; kind?: string }[]): SObjectValue[] =>
    org.insert(
      'Detail__c',
      ...rows.map(({ amount, day, kind }) => ({
        Name: 'd',
        Master__c: masters[of]?.id,
        Amount__c: amount === undefined ? null : decFromText(`${amount}.00`),
        Day__c: day === undefined ? null : dateOf(2026, 5, day),
        Kind__c: kind ?? null,
      })),
    );
  const shown = (of: number, ...names: string[]): string => {
    const [row] = org.query(`SELECT ${names.map((name) => `${name}__c`).join(', ')} FROM Master__c WHERE Id = :$0`, [
      masters[of]?.id,
    ]);
    return names.map((name) => toText(row?.get(`${name}__c`))).join(' ');
  };

  it('shouldTakeTheLeastAndTheMostWithoutBlanks', () => {
    details(0, { amount: '5', day: 9 }, {}, { amount: '-3', day: 2 }, { amount: '7', day: 30 });
    assert.equal(shown(0, 'Count', 'Sum', 'Least', 'Most'), '4 9.00 -3.00 7.00');
    assert.equal(shown(0, 'First', 'Last'), '2026-05-02 00:00:00 2026-05-30 00:00:00');
    const types = ['first__c', 'most__c', 'count__c'].map((name) => {
      const field = org.org.schema.object('Master__c')?.fields.get(name);
      return [field?.type, field?.apexType, field?.scale];
    });
    assert.deepEqual(types, [
      ['date', 'Date', 0],
      ['double', 'Decimal', 2],
      ['double', 'Decimal', 0],
    ]);
    assert.equal(shown(1, 'Count', 'Sum', 'Least', 'First'), '0 0 null null');
  });

  it('shouldFilterDetails', () => {
    details(0, { amount: '4', kind: 'red' }, { amount: '5', kind: 'BLUE' }, { amount: '6', kind: 'red' }, {});
    assert.equal(shown(0, 'Five', 'NotFive', 'Over', 'From', 'Under', 'UpTo'), '1 3 1 2 2 3');
    assert.equal(shown(0, 'OneOf', 'RedUnderSix'), '3 1');
  });

  it('shouldFollowADetailThatMoves', () => {
    const [moved] = details(0, { amount: '5' }, { amount: '6' });
    org.dml('update', [org.record('Detail__c', { Id: moved?.id, Master__c: masters[1]?.id })]);
    assert.deepEqual([shown(0, 'Count', 'Sum'), shown(1, 'Count', 'Sum')], ['1 6.00', '1 5.00']);
  });

  it('shouldLeaveDeletedDetailsOut', () => {
    const [gone] = details(0, { amount: '5' }, { amount: '6' });
    org.dml('delete', [gone as SObjectValue]);
    assert.equal(shown(0, 'Count', 'Sum', 'Least'), '1 6.00 6.00');
  });

  it('shouldSaveOnlyMastersWhoseSummariesChange', () => {
    const [detail] = details(0, { amount: '5' });
    let saved = 0;
    org.trigger('Master__c', 'before update', () => saved++);
    org.dml('update', [org.record('Detail__c', { Id: detail?.id, Name: 'renamed' })]);
    assert.equal(saved, 0);
    org.dml('update', [org.record('Detail__c', { Id: detail?.id, Amount__c: decFromText('8') })]);
    assert.equal(saved, 1);
  });

  it('shouldShowTriggersOfTheMasterTheSummaryBeforeAndAfter', () => {
    const seen: string[] = [];
    for (const event of ['before update', 'after update'] as const) {
      org.trigger('Master__c', event, (after, before) => {
        const counts = [before, after].map((records) => String(records?.[0]?.fields['Count__c']));
        seen.push(`${event}: ${counts.join(' ')}`);
      });
    }
    details(0, { amount: '5' });
    assert.deepEqual(seen, ['before update: 0 1', 'after update: 0 1']);
  });

  it('shouldFailTheDetailWhereARuleOfTheMasterRefusesTheNewSummary', () => {
    const error = apexError(() => details(0, {}, {}, {}, {}, {}));
    assert.match(error.text, /FIELD_CUSTOM_VALIDATION_EXCEPTION, Too many/);
    assert.equal(org.count('SELECT COUNT() FROM Detail__c'), 0);
    assert.equal(shown(0, 'Count'), '0');
  });

  it('shouldFilterByBlanksAndByNumbersHoweverTheyAreWritten', () => {
    const org = new TestOrg({
      ...FILES,
      ...summary('Blank', 'count', null, where('equals', '')),
      ...summary('Filled', 'count', null, where('notEqual', '')),
      ...summary('FiveOrSix', 'count', null, where('equals', '6, 5.00')),
      ...summary('NotTwo', 'count', null, where('notEqual', '5, 6')),
      ...summary('NoKind', 'count', null, where('equals', '', 'Kind__c')),
    });
    const [master] = org.insert('Master__c', { Name: 'M' });
    for (const amount of ['0', '5', '7', null]) {
      const value = amount === null ? null : decFromText(amount);
      org.insert('Detail__c', {
        Name: 'd',
        Master__c: master?.id,
        Amount__c: value,
        Kind__c: amount === '5' ? 'k' : null,
      });
    }
    const [row] = org.query('SELECT Blank__c, Filled__c, FiveOrSix__c, NotTwo__c, NoKind__c FROM Master__c');
    assert.equal(
      ['Blank__c', 'Filled__c', 'FiveOrSix__c', 'NotTwo__c', 'NoKind__c']
        .map((name) => toText(row?.get(name)))
        .join(' '),
      '1 3 1 3 3',
    );
  });

  it('shouldLeaveMastersInTheRecycleBinAlone', () => {
    const [detail] = details(0, { amount: '5' });
    const id = String(masters[0]?.id);
    org.org.updateSystem('Master__c', id, { IsDeleted: true });
    org.dml('update', [org.record('Detail__c', { Id: detail?.id, Amount__c: decFromText('8') })]);
    const [row] = org.query('SELECT Sum__c FROM Master__c WHERE Id = :$0 ALL ROWS', [id]);
    assert.equal(toText(row?.get('Sum__c')), '5.00');
  });

  it('shouldBeSavedWithoutRegardToTheRightsOfWhoSavesTheDetail', () => {
    const org = new TestOrg({
      ...FILES,
      'objects/Master__c/Master__c.object-meta.xml': objectXml('Master', '<sharingModel>Read</sharingModel>'),
      'objects/Detail__c/fields/Master__c.field-meta.xml': fieldXml(
        'Master__c',
        'MasterDetail',
        '<referenceTo>Master__c</referenceTo><relationshipName>Details</relationshipName>' +
          '<writeRequiresMasterRead>true</writeRequiresMasterRead>',
      ),
    });
    const [master] = org.insert('Master__c', { Name: 'M' });
    const user = org.user('Ann', 'Minimum Access - Salesforce');
    org.begin();
    const set = org.org.insertSystem('PermissionSet', { Name: 'S', IsCustom: true });
    for (const SobjectType of ['Master__c', 'Detail__c']) {
      const rights = { PermissionsRead: true, PermissionsCreate: SobjectType === 'Detail__c' };
      org.org.insertSystem('ObjectPermissions', { ParentId: set, SobjectType, ...rights });
    }
    org.org.insertSystem('PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: set });
    org.begin(user);
    const detail = org.record('Detail__c', { Name: 'd', Master__c: master?.id });
    assert.equal(org.dml('insert', [detail], { access: USER })[0]?.success, true);
    assert.equal(toText(org.org.store.byId(String(master?.id))?.['Count__c']), '1');
    const change = () => org.dml('update', [org.record('Master__c', { Id: master?.id, Name: 'N' })], { access: USER });
    assert.equal(
      apexError(change).qualifiedName,
      'System.SecurityException',
      'the master itself is not theirs to change',
    );
  });

  it('shouldSummarizeAndFilterByFormulas', () => {
    const [master] = org.insert('Master__c', { Name: 'M' });
    const amounts = ['2.00', '3.00'].map((text) => ({ Master__c: master?.id, Amount__c: decFromText(text) }));
    org.insert('Detail__c', ...amounts);
    const [row] = org.query("SELECT Twice__c, MostTwice__c, TwiceOverFive__c FROM Master__c WHERE Name = 'M'");
    const values = ['Twice__c', 'MostTwice__c', 'TwiceOverFive__c'].map((name) => Number(toText(row?.get(name))));
    assert.deepEqual(values, [10, 6, 1]);
  });
});
