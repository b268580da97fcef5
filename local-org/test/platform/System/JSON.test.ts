import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, failure, run } from '../harness.ts';

const CAR = `
  public enum Fuel { PETROL, ELECTRIC }
  public virtual class Base { public String id; }
  public class Wheel { public Integer size; public Double pressure; }
  public class Car extends Base {
    public String make; private Integer year; public Decimal price { get; set; } public transient String secret = 's';
    public Fuel fuel; public List<Wheel> wheels; public Map<String, Wheel> spare; public Date built;
    public String label { get { return make + year; } }
  }
  public class Loose { public Object anything; }`;

check('shouldSerializePrimitives', {
  'JSON.serialize(null)': 'null',
  "JSON.serialize('a\"b\\n/é')": '"a\\"b\\n/é"',
  'JSON.serialize(1)': '1',
  'JSON.serialize(5000000000L)': '5000000000',
  'JSON.serialize(1.50)': '1.50',
  'JSON.serialize(2.0d)': '2.0',
  'JSON.serialize(true)': 'true',
  'JSON.serialize(Date.newInstance(2024, 1, 31))': '"2024-01-31"',
  'JSON.serialize(Datetime.newInstanceGmt(2011, 3, 22, 8, 15, 18))': '"2011-03-22T08:15:18.000Z"',
  'JSON.serialize(Time.newInstance(1, 2, 3, 4))': '"01:02:03.004Z"',
  "JSON.serialize(Blob.valueOf('abc'))": '"YWJj"',
  "JSON.serialize(new Map<Integer, Object>{ 1 => new List<Object>{ 'a', null } })": '{"1":["a",null]}',
  "JSON.serialize(new Set<String>{ 'a' })": '["a"]',
});

test('shouldSerializeWhatAnObjectKeeps', () => {
  assert.deepEqual(
    run(
      `Car c = new Car(); c.make = 'SFDC'; c.year = 2024; c.fuel = Fuel.ELECTRIC; Wheel w = new Wheel(); w.size = 17; w.pressure = 2; c.wheels = new List<Wheel>{ w };
       System.debug(JSON.serialize(c)); System.debug(JSON.serialize(c, true));`,
      CAR,
    ),
    [
      '{"year":2024,"wheels":[{"size":17,"pressure":2.0}],"spare":null,"price":null,"make":"SFDC","label":"SFDC2024","id":null,"fuel":"ELECTRIC","built":null}',
      '{"year":2024,"wheels":[{"size":17,"pressure":2.0}],"make":"SFDC","label":"SFDC2024","fuel":"ELECTRIC"}',
    ],
  );
});

// Source: apex-database-layer, MockDmlTest, whose results get their `success` so; the reference does not say it.
test('shouldSerializeWhatGettersGive', () => {
  assert.deepEqual(
    run(
      'System.debug(JSON.serialize(new Child()));',
      `abstract class Base { protected Boolean ok { get { return errors.isEmpty(); } } List<String> errors = new List<String>(); }
       class Child extends Base { Integer n = 1; Integer sum { get { return n + 1; } set { n = value; } } }`,
    ),
    ['{"sum":2,"ok":true,"n":1,"errors":[]}'],
  );
});

test('shouldSerializeTheAncestorsFirstOfMembersOfOneName', () => {
  assert.deepEqual(
    run(
      'System.debug(JSON.serialize(new Child()));',
      'virtual class Base { private Integer n = 1; Integer m = 0; Integer o = 0; } class Child extends Base { Integer n = 2; }',
    ),
    ['{"o":0,"n":1,"n":2,"m":0}'],
  );
});

test('shouldIndentAsTheReferenceDoes', () => {
  assert.deepEqual(
    run(
      "System.debug(JSON.serializePretty(new Map<String, Object>{ 'a' => 1, 'b' => new List<Object>{ 1, new Map<String, Object>{ 'c' => null } }, 'd' => new List<Object>() }));",
    ),
    ['{\n  "d" : [ ],\n  "b" : [ 1, {\n    "c" : null\n  } ],\n  "a" : 1\n}'],
  );
});

test('shouldSerializeRecordsWithTheirType', () => {
  assert.deepEqual(
    run(`System.debug(JSON.serialize(new Account(Name = 'Acme', Id = '001000000000001AAA')));
      System.debug(JSON.serialize(new Contact(LastName = 'x', Email = null, Account = new Account(Name = 'p'))));`),
    [
      '{"attributes":{"type":"Account","url":"/services/data/v67.0/sobjects/Account/001000000000001AAA"},"Name":"Acme","Id":"001000000000001AAA"}',
      '{"attributes":{"type":"Contact"},"LastName":"x","Email":null,"Account":{"attributes":{"type":"Account"},"Name":"p"}}',
    ],
  );
});

test('shouldRefuseToSerializeWhatHasNoForm', () => {
  assert.equal(
    failure("JSON.serialize(Pattern.compile('a'))"),
    'System.JSONException: Apex Type unsupported in JSON: System.Pattern',
  );
  assert.equal(
    failure("JSON.serialize(new Map<String, Object>{ 'a' => new DmlException('x') })"),
    'System.JSONException: Type unsupported in JSON: System.DmlException',
  );
  assert.equal(
    failure('List<Object> a = new List<Object>(); a.add(a); JSON.serialize(a);'),
    'System.JSONException: Direct self-reference leading to cycle',
  );
});

// Source: apexfarm/ApexTestKit, ATKCoreTest.test_Util_Converter; unverified: the text.
test('shouldRefuseATimeWhereADateIsWanted', () => {
  assert.equal(
    failure(`JSON.deserialize('"2018-08-28T14:24:22Z"', Date.class)`),
    'System.JSONException: Invalid format: "2018-08-28T14:24:22Z" at [line:1, column:1]',
  );
});

// Parts and their order: SOAP API Developer Guide, Address Compound Fields. That Apex reads them: js-salesforce-apex-utils.
test('shouldReadAndWriteAddresses', () => {
  assert.deepEqual(
    run(`
      Account read = (Account) JSON.deserialize('{"BillingAddress":{"street":"Gasse 1","latitude":48.2,"country":null}}', Account.class);
      System.debug(read.BillingAddress.getStreet() + ' ' + read.BillingAddress.getLatitude() + ' ' + read.BillingAddress.getCity());
      System.debug(read.isSet('BillingAddress'));
      System.debug(JSON.serialize(read.BillingAddress));
      System.debug(((Address) JSON.deserialize('{"city":"Austin"}', Address.class)).getCity());
      System.debug(new Address().getCity() + ' ' + JSON.serialize(Location.newInstance(1.5, 2)));`),
    [
      'Gasse 1 48.2 null',
      'true',
      '{"city":null,"country":null,"geocodeAccuracy":null,"latitude":48.2,"longitude":null,"postalCode":null,"state":null,"street":"Gasse 1"}',
      'Austin',
      'null {"latitude":1.5,"longitude":2.0}',
    ],
  );
  assert.equal(
    failure(`JSON.deserialize('{"Name":{"a":1}}', Account.class);`),
    'System.JSONException: Cannot deserialize instance of string from START_OBJECT value { or request may be missing a required field at [line:1, column:2]',
  );
});

// Types as keys: DavidWalther/ApexUtils; objects with a text of their own: jasonsiders/apex-starter-pack.
test('shouldWriteKeysThatHaveAText', () => {
  assert.deepEqual(
    run(
      `System.debug(JSON.serialize(new Map<Type, Integer>{ Account.class => 1 }) +
         JSON.serialize(new Map<Named, Integer>{ new Named() => 1 }));`,
      "class Named { public override String toString() { return 'me'; } }",
    ),
    ['{"Account":1}{"me":1}'],
  );
  assert.deepEqual(run('JSON.serialize(new Map<Mute, Integer>{ new Mute() => 1 });', 'class Mute {}'), [
    'System.JSONException: Apex Type unsupported in JSON: T.Mute as a key of a Map',
  ]);
});

test('shouldDeserializeObjects', () => {
  assert.deepEqual(
    run(
      `Car c = (Car) JSON.deserialize('{"MAKE":"SFDC","year":"2020","price":1.50,"unknown":{"x":[1]},"id":7,"fuel":"ELECTRIC",' +
         '"wheels":[{"size":17,"pressure":2}],"spare":{"a":{"size":1}},"built":"2024-01-31","secret":"no"}', Car.class);
       System.debug(c.make + ' ' + c.year + ' ' + c.price + ' ' + c.id + ' ' + c.fuel + ' ' + c.secret);
       System.debug(c.wheels[0].pressure + ' ' + c.spare.get('a').size + ' ' + c.built.day());`,
      CAR,
    ),
    ['SFDC 2020 1.50 7 ELECTRIC s', '2.0 1 31'],
  );
});

test('shouldCallTheSettersOfPropertiesWithCode', () => {
  assert.deepEqual(
    run(
      `Guarded g = (Guarded) JSON.deserializeStrict('{"name":"x","half":1.5}', Guarded.class);
       System.debug(g.name); System.debug(g.seen); System.debug(g.half);
       try { JSON.deserializeStrict('{"shown":"x"}', Guarded.class); } catch (JSONException e) { System.debug(e.getMessage().substringBefore(' (')); }`,
      `public class Guarded {
         public transient String seen = '';
         public String name { get; set { seen += 'name ' + value; name = value; } }
         public Double half { get; set { seen += ', half ' + value; half = value / 2; } }
         public String shown { get { return name; } }
       }`,
    ),
    ['x', 'name x, half 1.5', '0.75', 'Unrecognized field "shown"'],
  );
});

check('shouldDeserializeByType', {
  "(Decimal) JSON.deserialize('100.1', Decimal.class)": '100.1',
  "(List<Integer>) JSON.deserialize('[1,2]', List<Integer>.class)": '(1, 2)',
  '(Map<Integer, String>) JSON.deserialize(\'{"1":"a"}\', Map<Integer, String>.class)': '{1=a}',
  '(Set<String>) JSON.deserialize(\'["a","a"]\', Set<String>.class)': '{a}',
  "(String) JSON.deserialize('12', String.class)": '12',
  '(Datetime) JSON.deserialize(\'"2024-01-31T12:00:00.000+0100"\', Datetime.class)': '2024-01-31 11:00:00',
  '(Date) JSON.deserialize(\'"2018-8-28"\', Date.class)': '2018-08-28 00:00:00',
  "JSON.deserialize('null', String.class)": 'null',
  '((Map<String, Object>) JSON.deserialize(\'{"a":[1,2.5,"x"]}\', Map<String, Object>.class)).get(\'a\')':
    '(1, 2.5, x)',
});

test('shouldDeserializeRecords', () => {
  assert.deepEqual(
    run(`Contact c = (Contact) JSON.deserialize('{"attributes":{"type":"Contact"},"lastname":"x","Birthdate":"2000-01-02","Account":{"attributes":{"type":"Account"},"Name":"p"},"Nope__c":1}', Contact.class);
      System.debug(c.LastName + ' ' + c.Birthdate.year() + ' ' + c.Account.Name);
      SObject s = (SObject) JSON.deserialize('{"attributes":{"type":"Account"},"Name":"q","AnnualRevenue":1000.00}', SObject.class);
      System.debug(s); System.debug(JSON.serialize(JSON.deserialize(JSON.serialize(c), Contact.class)) == JSON.serialize(c));`),
    ['x 2000 p', 'Account:{Name=q, AnnualRevenue=1000.0}', 'true'],
  );
});

test('shouldRefuseUnknownKeysWhenStrict', () => {
  assert.deepEqual(run(`Object o = JSON.deserializeStrict('{"make":"x","wings":2}', Car.class);`, CAR), [
    'System.JSONException: Unrecognized field "wings" (Class T.Car), not marked as ignorable at [line:1, column:13]',
  ]);
  assert.equal(
    failure(`JSON.deserializeStrict('{"Nope__c":1}', Account.class)`),
    "System.JSONException: No such column 'Nope__c' on sobject of type Account",
  );
});

test('shouldRefuseAKeyThatIsThereTwice', () => {
  assert.deepEqual(run(`Object o = JSON.deserialize('{"make":"x","year":1,"make":"x"}', Car.class);`, CAR), [
    'System.JSONException: Duplicate field "make" (Class T.Car) at [line:1, column:22]',
  ]);
  assert.deepEqual(
    run(
      `System.debug(JSON.deserializeUntyped('{"a":1,"a":2}')); System.debug(((Car) JSON.deserialize('{"x":1,"x":2}', Car.class)).make);`,
      CAR,
    ),
    ['{a=2}', 'null'],
  );
});

test('shouldRefuseValuesThatTheTypeCanNotHold', () => {
  const read = (json: string, type: string): string =>
    run(`Object o = JSON.deserialize('${json}', ${type}.class);`, CAR).join();
  assert.equal(read('{"year":"abc"}', 'Car'), 'System.JSONException: For input string: "abc" at [line:1, column:9]');
  assert.equal(read('{"year":1.5}', 'Car'), 'System.JSONException: For input string: "1.5" at [line:1, column:9]');
  assert.equal(read('{"make":{}}', 'Car'), 'System.JSONException: Illegal value for primitive at [line:1, column:9]');
  assert.equal(
    read('{"fuel":"WATER"}', 'Car'),
    'System.JSONException: The type T.Fuel does not have an enum value WATER at [line:1, column:9]',
  );
  assert.equal(read('{"anything":1}', 'Loose'), 'System.JSONException: Apex Type unsupported in JSON: Object');
  assert.equal(read('{"anything":null}', 'Loose'), '');
  assert.equal(read('[]', 'Car'), "System.JSONException: Malformed JSON: Expected '{' at the beginning of object");
  assert.equal(
    read('{}', 'List<Car>'),
    "System.JSONException: Malformed JSON: Expected '[' at the beginning of List/Set",
  );
  assert.equal(
    read('{"Name":{}}', 'Account'),
    'System.JSONException: Cannot deserialize instance of string from START_OBJECT value { or request may be missing a required field at [line:1, column:2]',
  );
});

test('shouldReadUntypedAsMapsAndLists', () => {
  assert.deepEqual(
    run(`Map<String, Object> m = (Map<String, Object>) JSON.deserializeUntyped('{"description":"An appliance","accessories":["powerCord",{"right":"door handle1"}],"height":5.5,"type":null,"inventory":2000,"big":3000000000,"isShipped":true,"empty":{}}');
      System.debug(m.get('accessories')); System.debug(m.get('height') instanceof Decimal); System.debug(m.get('inventory') instanceof Integer);
      System.debug(m.get('big') instanceof Long); System.debug(m.get('type')); System.debug(m.containsKey('type')); System.debug(m.keySet().size());
      System.debug(JSON.deserializeUntyped('"\\\\u0041\\\\n"'));`),
    ['(powerCord, {right=door handle1})', 'true', 'true', 'true', 'null', 'true', '8', 'A\n'],
  );
});

test('shouldTellWhereTextIsNoJson', () => {
  const read = (json: string): string =>
    failure(`JSON.deserializeUntyped('${json}')`).replace('System.JSONException: ', '');
  assert.equal(
    read('<html>'),
    "Unexpected character ('<' (code 60)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at input location [1,2]",
  );
  assert.match(
    read('{a:1}'),
    /^Unexpected character \('a' \(code 97\)\): was expecting double-quote to start field name at input location \[1,3\]/,
  );
  assert.match(read('{"a" 1}'), /was expecting a colon to separate field name and value/);
  assert.match(read('[1 2]'), /was expecting comma to separate ARRAY entries/);
  assert.match(read('[1,]'), /^Unexpected character \('\]'/);
  assert.match(read('[1'), /^Unexpected end-of-input/);
  assert.match(read('"abc'), /^Unexpected end-of-input: was expecting closing quote/);
  assert.match(read('nul'), /^Unrecognized token 'nul'/);
  assert.match(read('01'), /Leading zeroes not allowed/);
  assert.equal(read(''), 'No content to map to Object due to end of input');
});

test('shouldWalkTokens', () => {
  assert.deepEqual(
    run(`JSONParser p = JSON.createParser('{"a":[1,2.5],"b":{"c":true,"d":null},"e":"text"}');
      String s = ''; while (p.nextToken() != null) { s += p.getCurrentToken() + ':' + p.getCurrentName() + ' '; } System.debug(s);
      p = JSON.createParser('{"n":1,"x":{"skip":[1]},"when":"2024-01-31","id":"001000000000001"}');
      p.nextToken(); p.nextToken(); System.debug(p.getText()); p.nextToken(); System.debug(p.getIntegerValue());
      p.nextValue(); p.skipChildren(); System.debug(p.getCurrentToken()); p.nextValue(); System.debug(p.getDateValue().month());
      p.nextValue(); System.debug(p.getIdValue()); p.clearCurrentToken(); System.debug(p.hasCurrentToken() + ' ' + p.getLastClearedToken());`),
    [
      'START_OBJECT:null FIELD_NAME:a START_ARRAY:a VALUE_NUMBER_INT:null VALUE_NUMBER_FLOAT:null END_ARRAY:a FIELD_NAME:b START_OBJECT:b FIELD_NAME:c VALUE_TRUE:c FIELD_NAME:d VALUE_NULL:d END_OBJECT:b FIELD_NAME:e VALUE_STRING:e END_OBJECT:null ',
      'n',
      '1',
      'END_OBJECT',
      '1',
      '001000000000001AAA',
      'false VALUE_STRING',
    ],
  );
});

test('shouldReadValuesFromWithinATokenStream', () => {
  assert.deepEqual(
    run(
      `JSONParser p = JSON.createParser('{"total":1,"wheels":[{"size":17},{"size":18}]}');
       List<Integer> sizes = new List<Integer>();
       while (p.nextToken() != null) { if (p.getCurrentToken() == JSONToken.START_ARRAY) { while (p.nextToken() == JSONToken.START_OBJECT) { sizes.add(((Wheel) p.readValueAs(Wheel.class)).size); } } }
       System.debug(sizes);`,
      CAR,
    ),
    ['(17, 18)'],
  );
});

test('shouldGenerate', () => {
  assert.deepEqual(
    run(`JSONGenerator g = JSON.createGenerator(false); g.writeStartObject(); g.writeStringField('s', 'a"'); g.writeNumberField('n', 1.50); g.writeBooleanField('b', true);
      g.writeNullField('z'); g.writeFieldName('l'); g.writeStartArray(); g.writeNumber(1); g.writeObject(new Map<String, Integer>{ 'k' => 2 }); g.writeEndArray();
      g.writeDateField('d', Date.newInstance(2024, 1, 2)); g.writeEndObject(); System.debug(g.getAsString()); System.debug(g.isClosed());
      JSONGenerator q = JSON.createGenerator(true); q.writeStartObject(); q.writeStringField('a', 'b'); q.writeEndObject(); System.debug(q.getAsString());
      JSONGenerator e = JSON.createGenerator(false); e.writeStartObject(); e.writeString('x');`),
    [
      '{"s":"a\\"","n":1.50,"b":true,"z":null,"l":[1,{"k":2}],"d":"2024-01-02"}',
      'true',
      '{\n  "a" : "b"\n}',
      'System.JSONException: Can not write a value, expecting field name',
    ],
  );
});

test('shouldFindTheObjectOfARecordWhereverItsAttributesStand', () => {
  assert.deepEqual(
    run(
      `SObject s = (SObject) JSON.deserialize('{"Name":"A","Parent":{"attributes":{"type":"Account"},"Name":"P"},"attributes":{"type":"Account"}}', SObject.class);
       System.debug(s.getSObjectType() + ' ' + s.get('Name') + ' ' + s.getSObject('Parent').get('Name'));`,
    ),
    ['Account A P'],
  );
  assert.match(
    failure(`JSON.deserialize('{"Name":"A"}', SObject.class);`),
    /^System.JSONException: the object of the record is not given/,
  );
});

test('shouldKeepWhatIsNoIdInARecord', () => {
  assert.deepEqual(
    run(`Account a = (Account) JSON.deserialize('{"Id":"id-1","OwnerId":"005000000000001"}', Account.class);
         System.debug(a.get('Id')); System.debug(a.OwnerId);`),
    ['id-1', '005000000000001AAA'],
  );
});

test('shouldRefuseADayThatNoCalendarHas', () => {
  // Source: octoberswimmer/aer-dist, issue 454
  for (const day of ['2017-14-31', '2017-02-29', '2017-04-31', '2017-00-01']) {
    assert.match(failure(`JSON.deserialize('"${day}"', Date.class);`), /^System\.JSONException: /);
  }
  assert.deepEqual(run(`System.debug(JSON.deserialize('"2016-02-29"', Date.class));`), ['2016-02-29 00:00:00']);
});
