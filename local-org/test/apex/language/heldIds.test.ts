import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOfText } from '../../../src/values/equality.ts';
import { run } from '../../platform/harness.ts';

/** An Id is an instance of String for the compiler of @salesforce/sfdx-scanner 2.13.7; the rest is what the suites named below show. */
const HELD = `Id a = '001000000000001'; Object o = a; Object text = '001000000000001AAA';`;

test('shouldKnowAnIdThatIsHeldAsObject', () => {
  // The name of its type: salesforce/apex-mockery, ArgumentTest.
  assert.deepEqual(
    run(`
      ${HELD}
      System.debug((o instanceof Id) + ' ' + (o instanceof String) + ' ' + (o instanceof Integer) + ' ' + (text instanceof String));
      for (Object each : new List<Object>{ o, text, new Account(Id = a).get('Id'), new Account(Id = a).getPopulatedFieldsAsMap().get('Id') }) {
        try { Date d = (Date) each; } catch (TypeException e) { System.debug(e.getMessage()); }
      }
      Id back = (Id) o; String asText = (String) o;
      System.debug(back + ' ' + asText + ' ' + (back == asText) + ' ' + asText.length() + ' ' + o);
      `),
    [
      'true true false true',
      'Invalid conversion from runtime type Id to Date',
      'Invalid conversion from runtime type String to Date',
      'Invalid conversion from runtime type Id to Date',
      'Invalid conversion from runtime type Id to Date',
      '001000000000001AAA 001000000000001AAA true 18 001000000000001AAA',
    ],
  );
});

test('shouldCompareAnIdThatIsHeldAsObjectAsAnId', () => {
  // neowit/apexmock, MockDbTest; jamessimone/salesforce-round-robin, FlowRoundRobinAssignerTests.
  assert.deepEqual(
    run(`
      ${HELD}
      Object brief = '001000000000001'; Object other = '001000000000002';
      System.debug((o == brief) + ' ' + (brief == o) + ' ' + (o == text) + ' ' + (o == a) + ' ' + (o == other) + ' ' + (o != brief));
      System.debug(text == brief);
      System.assertEquals('001000000000001', new Account(Id = a).get('Id'));
      System.debug(new List<Object>{ 'x', o }.contains(a) + ' ' + new List<Id>{ a }.contains((Id) o));
      `),
    ['true true true true false false', 'false', 'true true'],
  );
});

test('shouldTakeAnIdThatIsHeldAsObjectWhereverObjectsGo', () => {
  assert.deepEqual(
    run(
      `
        ${HELD}
        List<Object> ids = new List<Id>();
        ids.add(o);
        Id first = (Id) ids[0];
        ids[0] = o;
        Map<String, Object> byName = new Map<String, Id>();
        byName.put('a', o);
        Map<Object, Integer> counts = new Map<Object, Integer>{ o => 1 };
        System.debug(ids + ' ' + first.to15() + ' ' + byName + ' ' + counts.get(text) + ' ' + counts.get(a));
        Account record = new Account();
        record.put('Id', o);
        record.put('Name', o);
        System.debug(record.Id.to15() + ' ' + record.Name.length() + ' ' + record);
        System.debug(JSON.serialize(new Map<String, Object>{ 'id' => o }) + String.format('{0}', new List<Object>{ o }));
        System.debug(String.join(new List<Object>{ o, o }, ',') + String.valueOf(o) + ((Id) same(a)).to15());
        Set<Object> all = new Set<Object>{ o, text, a };
        System.debug(all.size() + ' ' + o.hashCode() + ' ' + (o.hashCode() == text.hashCode()) + ' ' + o.equals(text));
      `,
      'static Object same(Object value) { return value; }',
    ),
    [
      '(001000000000001AAA) 001000000000001 {a=001000000000001AAA} 1 1',
      '001000000000001 18 Account:{Id=001000000000001AAA, Name=001000000000001AAA}',
      '{"id":"001000000000001AAA"}001000000000001AAA',
      '001000000000001AAA,001000000000001AAA001000000000001AAA001000000000001',
      `1 ${hashOfText('001000000000001AAA')} true true`,
    ],
  );
});

// aidan-harding/nebula-core, SObjectIndexTest.keyList: a List<Object> that was made as List<Id> takes a Set<Object>.
test('shouldKeepTextInCollectionsOfIdsWhateverIsAddedAtOnce', () => {
  assert.deepEqual(
    run(`
      ${HELD}
      List<Object> ids = new List<Id>();
      ids.addAll(new Set<Object>{ o });
      ids.addAll(new List<Object>{ o });
      System.debug(ids.contains(a) + ' ' + ((List<Id>) ids)[1].to15());
      Map<String, Object> byName = new Map<String, Id>();
      byName.putAll(new Map<String, Object>{ 'a' => o });
      Map<String, Id> seen = (Map<String, Id>) byName;
      System.debug(seen.get('a').to15());
      List<Object> held = new List<Object>();
      held.addAll(new List<Id>{ a });
      Date d = (Date) held[0];`),
    [
      'true 001000000000001',
      '001000000000001',
      'System.TypeException: Invalid conversion from runtime type Id to Date',
    ],
  );
  assert.deepEqual(run("List<Object> ids = new List<Id>(); ids.addAll(new Set<Object>{ 'x' });"), [
    'System.TypeException: Collection store exception adding String to List<Id>',
  ]);
});
