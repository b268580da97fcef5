import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { current } from '../../src/engine/current.ts';
import { raise } from '../../src/values/exception.ts';
import type { SObjectValue } from '../../src/values/sobject.ts';
import { decFromText } from '../../src/values/decimal.ts';
import { toText } from '../../src/values/text.ts';
import { apexError, fieldXml, TestOrg } from '../store/testOrg.ts';

const lead = (name: string) => ({ LastName: name, Company: 'C' });

describe('triggers in DML', () => {
  let org: TestOrg;

  beforeEach(() => {
    org = new TestOrg();
  });

  it('shouldSeeDefaultsAndChangeRowsBeforeTheyAreStored', () => {
    org.trigger('Lead', 'before insert', (rows) => {
      for (const row of rows ?? []) {
        assert.equal(row.id, null);
        assert.equal(row.get('Status'), 'Open - Not Contacted');
        assert.equal(row.get('Rating'), null, 'what is not set is blank, not missing');
        row.put('Rating', 'Hot');
      }
    });
    const [record] = org.insert('Lead', lead('L'));
    assert.equal(record?.isSet('Rating'), false, 'the caller keeps what it had');
    assert.deepEqual(org.column('SELECT Rating FROM Lead', 'Rating'), ['Hot']);
  });

  it('shouldFixRequiredFieldsBeforeTheyAreChecked', () => {
    org.trigger('Lead', 'before insert', (rows) => rows?.forEach((row) => row.put('Company', 'Filled')));
    org.insert('Lead', { LastName: 'L' });
    assert.deepEqual(org.column('SELECT Company FROM Lead', 'Company'), ['Filled']);
  });

  it('shouldBeReadOnlyAfterwards', () => {
    org.trigger('Lead', 'after insert', (rows) => rows?.[0]?.put('Rating', 'Hot'));
    const error = apexError(() => org.insert('Lead', lead('L')));
    assert.match(
      error.text,
      /CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY, .*execution of AfterInsert\n\ncaused by: System.FinalException: Record is read-only/,
    );
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 0);
  });

  it('shouldGetOldAndNewValuesInTheSameOrder', () => {
    const records = org.insert('Lead', lead('A'), lead('B'));
    const seen: unknown[] = [];
    org.trigger('Lead', 'before update', (rows, old) =>
      rows?.forEach((row, index) =>
        seen.push([row.get('LastName'), old?.[index]?.get('LastName'), old?.[index]?.id === row.id]),
      ),
    );
    org.dml(
      'update',
      records.map((record, index) => org.record('Lead', { Id: record.id, LastName: `new${index}` })),
    );
    assert.deepEqual(seen, [
      ['new0', 'A', true],
      ['new1', 'B', true],
    ]);
  });

  it('shouldGetNewAndOldRowsByTheirEvent', () => {
    const seen: string[] = [];
    const events = ['insert', 'update', 'delete', 'undelete'].flatMap((name) => [`before ${name}`, `after ${name}`]);
    for (const event of events) {
      org.trigger('Lead', event, (rows, old) => seen.push(`${event}: ${rows?.length ?? '-'} ${old?.length ?? '-'}`));
    }
    const records = org.insert('Lead', lead('A'), lead('B'));
    org.dml('update', records);
    org.dml('delete', records);
    org.dml('undelete', records);
    assert.deepEqual(seen, [
      'before insert: 2 -',
      'after insert: 2 -',
      'before update: 2 2',
      'after update: 2 2',
      'before delete: - 2',
      'after delete: - 2',
      'after undelete: 2 -',
    ]);
  });

  it('shouldGetTheComputedValuesOfTheirRows', () => {
    org = new TestOrg({
      'objects/Lead/fields/Twice__c.field-meta.xml': fieldXml(
        'Twice__c',
        'Number',
        '<formula>NumberOfEmployees * 2</formula><precision>8</precision><scale>0</scale>',
      ),
      'objects/Lead/fields/Place__c.field-meta.xml': fieldXml(
        'Place__c',
        'Location',
        '<displayLocationInDecimal>true</displayLocationInDecimal><scale>2</scale>',
      ),
    });
    const seen: unknown[] = [];
    org.trigger('Lead', 'after insert', (rows) => {
      const row = rows?.[0];
      seen.push(toText(row?.get('Twice__c')), row?.get('Address') !== null, row?.get('Place__c') !== null);
    });
    const place = { Place__Latitude__s: decFromText('1.5'), Place__Longitude__s: decFromText('2.5') };
    org.insert('Lead', { ...lead('A'), NumberOfEmployees: 4, City: 'Bonn', ...place });
    assert.deepEqual(seen, ['8', true, true]);
  });

  it('shouldRefuseToChangeOldValues', () => {
    const [record] = org.insert('Lead', lead('A'));
    org.trigger('Lead', 'before update', (_rows, old) => old?.[0]?.put('LastName', 'x'));
    const error = apexError(() => org.dml('update', [org.record('Lead', { Id: record?.id })]));
    assert.match(error.text, /caused by: System.FinalException: Record is read-only/);
  });

  it('shouldRefuseDmlOnTheRowsOfTheTrigger', () => {
    org.trigger('Lead', 'after insert', (rows) => org.dml('update', [...(rows ?? [])]));
    const error = apexError(() => org.insert('Lead', lead('A')));
    assert.match(error.text, /System.SObjectException: DML statement cannot operate on trigger.new or trigger.old/);
  });

  it('shouldRefuseDmlOnRowsOfTheTriggerAmongOthers', () => {
    org.trigger('Lead', 'after insert', (rows) =>
      org.dml('insert', [org.record('Account', { Name: 'other' }), ...(rows ?? [])]),
    );
    const error = apexError(() => org.insert('Lead', lead('A')));
    assert.match(error.text, /System.SObjectException: DML statement cannot operate on trigger.new or trigger.old/);
  });

  it('shouldRunInChunksOf200', () => {
    const sizes: number[] = [];
    org.trigger('Lead', 'before insert', (rows) => sizes.push(rows?.length ?? 0));
    org.insert('Lead', ...Array.from({ length: 450 }, (_, index) => lead(`L${index}`)));
    assert.deepEqual(sizes, [200, 200, 50]);
  });

  it('shouldStopADmlStatementByAddError', () => {
    org.trigger('Lead', 'before insert', (rows) => rows?.[1]?.addError('not this one', 'Company'));
    const error = apexError(() => org.insert('Lead', lead('A'), lead('B')));
    assert.equal(
      error.text,
      'Insert failed. First exception on row 1; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, not this one: [Company]',
    );
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 0);
  });

  it('shouldFireAgainForTheGoodRowsWithLimitsReset', () => {
    const rounds: string[][] = [];
    const ids = new Set<string>();
    let queries: number[] = [];
    org.trigger('Lead', 'after insert', (rows) => {
      org.query('SELECT Id FROM Lead LIMIT 1');
      queries = [...queries, current.tx.used.queries];
      rounds.push((rows ?? []).map((row) => String(row.get('LastName'))));
      for (const row of rows ?? []) {
        ids.add(String(row.id));
        if (row.get('LastName') === 'bad') row.addError('no');
      }
    });
    const records = [lead('a'), lead('bad'), lead('c')].map((fields) => org.record('Lead', fields));
    const outcomes = org.dml('insert', records, { allOrNone: false });
    assert.deepEqual(rounds, [
      ['a', 'bad', 'c'],
      ['a', 'c'],
    ]);
    assert.deepEqual(queries, [1, 1], 'limits are as before the first attempt');
    assert.equal(ids.size, 5, 'rows get new ids');
    assert.deepEqual(
      outcomes.map(({ success }) => success),
      [true, false, true],
    );
    assert.deepEqual(
      records.map((record) => record.id !== null),
      [true, false, true],
    );
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 2);
  });

  for (const operation of ['insert', 'upsert'] as const) {
    it(`shouldGiveUpWhenRowsFailInTheThirdAttemptToo: ${operation}`, () => {
      let round = 0;
      org.trigger('Lead', 'after insert', (rows) => {
        round++;
        rows?.at(-1)?.addError('another one');
      });
      const records = ['a', 'b', 'c', 'd', 'e'].map((name) => org.record('Lead', lead(name)));
      const error = apexError(() => org.dml(operation, records, { allOrNone: false }));
      assert.equal(error.text, 'Too many batch retries in the presence of Apex triggers and partial failures.');
      assert.equal(round, 3);
      assert.equal(org.count('SELECT COUNT() FROM Lead'), 0);
    });
  }

  it('shouldRunOnceWhereTheOnlyBadRowNeverReachesThem', () => {
    const rounds: number[] = [];
    org.trigger('Lead', 'before insert', (rows) => rounds.push(rows?.length ?? 0));
    const [known] = org.insert('Lead', lead('known'));
    rounds.length = 0;
    const records = () => [{ ...lead('bad'), Id: known?.id }, lead('good')].map((fields) => org.record('Lead', fields));
    const outcomes = org.dml('insert', records(), { allOrNone: false });
    assert.deepEqual(
      outcomes.map(({ success }) => success),
      [false, true],
    );
    assert.deepEqual(rounds, [1]);
    assert.match(apexError(() => org.dml('insert', records())).text, /cannot specify Id in an insert call/);
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 2);
  });

  it('shouldSaveTheChunksAfterOneThatFailedUnlessAllMustSucceed', () => {
    let chunks = 0;
    org.trigger('Lead', 'before insert', (rows) => {
      chunks++;
      if (rows?.[0]?.get('LastName') === 'bad') rows[0].addError('no');
    });
    const names = ['bad', ...Array.from({ length: 200 }, (_, index) => `L${index}`)];
    const records = () => names.map((name) => org.record('Lead', lead(name)));
    assert.equal(apexError(() => org.dml('insert', records())).dml.length, 1);
    assert.equal(chunks, 1, 'nothing is done after the chunk that failed');
    org.dml('insert', records(), { allOrNone: false });
    assert.equal(org.count('SELECT COUNT() FROM Lead'), 200);
  });

  it('shouldFailAllRowsOfTheChunkWhenATriggerThrows', () => {
    org.trigger('Lead', 'before insert', () => raise('System.MathException', 'Divide by 0'));
    const outcomes = org.dml(
      'insert',
      [lead('a'), lead('b')].map((fields) => org.record('Lead', fields)),
      { allOrNone: false },
    );
    for (const outcome of outcomes) {
      assert.equal(outcome.errors[0]?.status, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
      assert.match(outcome.errors[0]?.message ?? '', /caused by: System.MathException: Divide by 0/);
    }
  });

  it('shouldLetLimitExceptionsThrough', () => {
    org.trigger('Lead', 'before insert', () => raise('System.LimitException', 'Too many SOQL queries: 101'));
    const error = apexError(() => org.dml('insert', [org.record('Lead', lead('a'))], { allOrNone: false }));
    assert.equal(error.qualifiedName, 'System.LimitException');
  });

  it('shouldEndInEndlessRecursion', () => {
    let depth = 0;
    org.trigger('Lead', 'after update', (rows) => {
      depth++;
      org.dml('update', [org.record('Lead', { Id: rows?.[0]?.id, Rating: 'Hot' })]);
    });
    const [record] = org.insert('Lead', lead('a'));
    const error = apexError(() => org.dml('update', [org.record('Lead', { Id: record?.id })]));
    assert.match(error.text, /maximum trigger depth exceeded/);
    assert.equal(depth, 16);
  });

  it('shouldKeepStoredRowsApartFromRecordsOfTriggers', () => {
    let kept: SObjectValue | undefined;
    org.trigger('Lead', 'before insert', (rows) => (kept = rows?.[0]));
    org.insert('Lead', lead('a'));
    if (kept) kept.readOnly = false;
    kept?.put('Company', 'changed behind the back');
    assert.deepEqual(org.column('SELECT Company FROM Lead', 'Company'), ['C']);
  });
});
