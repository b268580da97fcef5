import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { decFromText } from '../../src/values/decimal.ts';
import type { FieldValues } from '../../src/values/sobject.ts';
import { toText } from '../../src/values/text.ts';
import { fieldXml, objectXml, TestOrg } from '../store/testOrg.ts';

const values = (restricted: boolean) =>
  `<valueSet><restricted>${restricted}</restricted><valueSetDefinition><sorted>false</sorted>` +
  ['Red', 'Blue'].map((name) => `<value><fullName>${name}</fullName><default>false</default></value>`).join('') +
  '</valueSetDefinition></valueSet>';

const field = (name: string, type: string, rest = '') => ({
  [`objects/Thing__c/fields/${name}__c.field-meta.xml`]: fieldXml(`${name}__c`, type, rest),
});

/** Source: Object Reference, field types; API errors STRING_TOO_LONG, NUMBER_OUTSIDE_VALID_RANGE, INVALID_EMAIL_ADDRESS … */
describe('values of fields', () => {
  let org: TestOrg;

  before(() => {
    org = new TestOrg({
      'objects/Thing__c/Thing__c.object-meta.xml': objectXml('Thing'),
      ...field('Short', 'Text', '<length>3</length>'),
      ...field('Must', 'Text', '<length>3</length><required>true</required>'),
      ...field('Amount', 'Number', '<precision>4</precision><scale>2</scale>'),
      ...field('Mail', 'Email'),
      ...field('On', 'Checkbox', '<defaultValue>false</defaultValue>'),
      ...field('Only', 'Picklist', values(true)),
      ...field('Open', 'Picklist', values(false)),
      ...field('Tags', 'MultiselectPicklist', `${values(true)}<visibleLines>4</visibleLines>`),
    });
  });

  const faults = (given: FieldValues): string => {
    const [outcome] = org.dml('insert', [org.record('Thing__c', { Must__c: 'm', ...given })], { allOrNone: false });
    return (
      outcome?.errors.map(({ status, message, fields }) => `${status}, ${message} [${fields.join()}]`).join(' | ') ?? ''
    );
  };

  const STATUS: readonly (readonly [given: FieldValues, fault: string])[] = [
    [{ Short__c: 'abc' }, ''],
    [{ Short__c: 'abcd' }, 'STRING_TOO_LONG, Short: data value too large: abcd (max length=3) [Short__c]'],
    [{ Amount__c: decFromText('99.99') }, ''],
    [{ Amount__c: decFromText('-99.99') }, ''],
    [
      { Amount__c: decFromText('100') },
      'NUMBER_OUTSIDE_VALID_RANGE, Amount: value outside of valid range on numeric field: 100 [Amount__c]',
    ],
    [
      { Amount__c: decFromText('-100') },
      'NUMBER_OUTSIDE_VALID_RANGE, Amount: value outside of valid range on numeric field: -100 [Amount__c]',
    ],
    [
      { Amount__c: decFromText('99.995') },
      'NUMBER_OUTSIDE_VALID_RANGE, Amount: value outside of valid range on numeric field: 99.995 [Amount__c]',
    ],
    [{ Mail__c: 'a@b.co' }, ''],
    [{ Mail__c: 'a@b' }, 'INVALID_EMAIL_ADDRESS, Mail: invalid email address: a@b [Mail__c]'],
    [{ Mail__c: 'a b@c.d' }, 'INVALID_EMAIL_ADDRESS, Mail: invalid email address: a b@c.d [Mail__c]'],
    [{ On__c: null }, 'INVALID_TYPE_ON_FIELD_IN_RECORD, On: value not of required type:  [On__c]'],
    [{ Must__c: null }, 'REQUIRED_FIELD_MISSING, Required fields are missing: [Must__c] [Must__c]'],
    [{ Must__c: '' }, 'REQUIRED_FIELD_MISSING, Required fields are missing: [Must__c] [Must__c]'],
    [{ Only__c: 'red' }, ''],
    [
      { Only__c: 'Green' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, Only: bad value for restricted picklist field: Green [Only__c]',
    ],
    [{ Open__c: 'Green' }, ''],
    [{ Tags__c: 'Red;Blue' }, ''],
    [{ Tags__c: 'Red; Blue' }, ''],
    [
      { Tags__c: 'Red;Green' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST, Tags: bad value for restricted picklist field: Green [Tags__c]',
    ],
    [{ Must__c: null, Short__c: 'abcd' }, 'REQUIRED_FIELD_MISSING, Required fields are missing: [Must__c] [Must__c]'],
  ];
  for (const [given, fault] of STATUS) {
    const shown = Object.entries(given).map(([name, value]) => `${name} = ${String(value)}`);
    it(`should${fault === '' ? 'Take' : 'Refuse'}: ${shown.join(', ')}`, () => assert.equal(faults(given), fault));
  }

  const long = (length: number) => 'x'.repeat(length);
  const TRUNCATED: readonly (readonly [name: string, given: string, stored: string])[] = [
    ['Short__c', 'abc', 'abc'],
    ['Short__c', 'abcd', 'abc'],
    ['Open__c', long(256), long(255)],
    ['Mail__c', `${long(71)}@b.example`, 'STRING_TOO_LONG'],
    ['Only__c', long(256), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
  ];
  for (const [name, given, stored] of TRUNCATED) {
    it(`shouldBeCutWhereTheSaveSaysSo: ${name} of ${given.length}`, () => {
      const record = org.record('Thing__c', { Must__c: 'm', [name]: given });
      const [outcome] = org.dml('insert', [record], { allOrNone: false, truncate: true });
      const [row] = org.query(`SELECT ${name} FROM Thing__c WHERE Id = :$0`, [record.id]);
      assert.equal(row ? row.get(name) : outcome?.errors[0]?.status, stored);
    });
  }

  it('shouldNotBeTooLongInAnOpenPicklist', () => {
    assert.equal(faults({ Open__c: long(255) }), '');
    assert.match(faults({ Open__c: long(256) }), /^STRING_TOO_LONG, Open: data value too large/);
  });

  it('shouldNotBeBlankedWhereTheyAlwaysHaveOne', () => {
    const [lead] = org.insert('Lead', { LastName: 'L', Company: 'C' });
    const update = (fields: FieldValues) =>
      org.dml('update', [org.record('Lead', { Id: lead?.id, ...fields })], { allOrNone: false })[0]?.errors[0]?.message;
    assert.equal(update({ OwnerId: null }), 'Required fields are missing: [OwnerId]');
    assert.equal(update({ Rating: null, FirstName: null }), undefined);
  });

  it('shouldKeepCentsOfStandardAmountsAndRoundCustomOnes', () => {
    const other = new TestOrg({
      'objects/Thing__c/Thing__c.object-meta.xml': objectXml('Thing'),
      ...field('Money', 'Currency', '<precision>8</precision><scale>0</scale>'),
      ...field('Amount', 'Number', '<precision>4</precision><scale>2</scale>'),
    });
    const [account] = other.insert('Account', { Name: 'A', AnnualRevenue: decFromText('5.25') });
    assert.equal(
      toText(other.query('SELECT AnnualRevenue FROM Account WHERE Id = :$0', [account?.id])[0]?.get('AnnualRevenue')),
      '5.25',
    );
    other.insert('Thing__c', { Money__c: decFromText('5.25'), Amount__c: decFromText('1.005') });
    const [row] = other.query('SELECT Money__c, Amount__c FROM Thing__c');
    assert.deepEqual([toText(row?.get('Money__c')), toText(row?.get('Amount__c'))], ['5', '1.01']);
  });

  it('shouldNotTakeInactiveValuesOfARestrictedPicklist', () => {
    const other = new TestOrg({
      'objects/Thing__c/Thing__c.object-meta.xml': objectXml('Thing'),
      ...field(
        'Only',
        'Picklist',
        values(true).replace(
          '<default>false</default></value></',
          '<default>false</default><isActive>false</isActive></value></',
        ),
      ),
    });
    const status = (value: string) =>
      other.dml('insert', [other.record('Thing__c', { Only__c: value })], { allOrNone: false })[0]?.errors[0]?.status;
    assert.deepEqual([status('Red'), status('Blue')], [undefined, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST']);
  });

  it('shouldBeStoredWithoutWhiteSpaceAtItsEnds', () => {
    const [thing] = org.insert('Thing__c', { Must__c: ' \t m n\r\n', Short__c: 'abc ' });
    const [row] = org.query('SELECT Must__c, Short__c FROM Thing__c WHERE Id = :$0', [thing?.id]);
    assert.deepEqual([row?.get('Must__c'), row?.get('Short__c')], ['m n', 'abc']);
    org.dml('update', [org.record('Thing__c', { Id: thing?.id, Must__c: '\u00a0m\u00a0', Short__c: ' ' })]);
    const [again] = org.query('SELECT Must__c, Short__c FROM Thing__c WHERE Id = :$0', [thing?.id]);
    assert.deepEqual([again?.get('Must__c'), again?.get('Short__c')], ['\u00a0m\u00a0', null]);
    assert.equal(
      faults({ Must__c: ' \n ' }),
      'REQUIRED_FIELD_MISSING, Required fields are missing: [Must__c] [Must__c]',
    );
  });

  it('shouldBeStoredRoundedAndInTheCaseOfThePicklist', () => {
    const [thing] = org.insert('Thing__c', { Must__c: 'm', Amount__c: decFromText('1.005'), Only__c: 'bLUE' });
    const [row] = org.query('SELECT Amount__c, Only__c FROM Thing__c WHERE Id = :$0', [thing?.id]);
    assert.deepEqual([toText(row?.get('Amount__c')), row?.get('Only__c')], ['1.01', 'Blue']);
  });
});
