import assert from 'node:assert/strict';
import { test } from 'node:test';
import { standardIndex } from '../../src/schema/standard/load.ts';
import {
  loadNamespace,
  loadSignatures,
  parseConstructor,
  parseProperty,
  parseSignature,
  parseType,
  signatureIndex,
  specialTypes,
  typeText,
} from '../../src/signatures/load.ts';
import type { PlatformType, PlatformTypeJson, TypeRef } from '../../src/signatures/load.ts';

const all = loadSignatures();
const sobjects = new Set(standardIndex().known.map((name) => name.toLowerCase()));

/** Every type that the signatures of a type mention. Throws where one can't be parsed. */
function mentioned(type: PlatformTypeJson): TypeRef[] {
  return [
    ...(type.methods ?? []).map(parseSignature).flatMap(({ returns, params }) => [returns, ...params]),
    ...(type.properties ?? []).map((text) => parseProperty(text).type),
    ...(type.constructors ?? []).flatMap(parseConstructor),
    ...[type.extends ?? [], type.implements ?? []].flat().map(parseType),
  ];
}

function unresolved(owner: PlatformTypeJson, ref: TypeRef): string[] {
  const name = ref.name.toLowerCase();
  const candidates = [name, `system.${name}`, `schema.${name}`];
  const isKnown =
    name === 'void' ||
    owner.generic?.includes(ref.name) ||
    sobjects.has(name) ||
    candidates.some((candidate) => all.has(candidate));
  return [...(isKnown ? [] : [ref.name]), ...ref.args.flatMap((arg) => unresolved(owner, arg))];
}

function has(name: string, kind: 'methods' | 'constructors' | 'properties', text: string): void {
  const type = all.get(name.toLowerCase());
  assert.ok(type, `${name} is not described`);
  assert.ok(type[kind]?.includes(text), `${name} has no ${text}; it has\n${type[kind]?.join('\n')}`);
}

function hasNot(name: string, kind: 'methods' | 'constructors' | 'properties', text: string): void {
  assert.ok(!all.get(name.toLowerCase())?.[kind]?.includes(text), `${name} must not have ${text}`);
}

test('shouldParseEverySignatureWhenAllNamespacesAreLoaded', () => {
  let members = 0;
  for (const type of [...all.values(), ...Object.values(specialTypes())]) members += mentioned(type).length;
  assert.ok(members > 5000, `only ${members} types mentioned`);
});

test('shouldResolveEveryTypeWhenASignatureMentionsIt', () => {
  const missing = [...all.values()].flatMap((type) =>
    mentioned(type)
      .flatMap((ref) => unresolved(type, ref))
      .map((name) => `${type.name}: ${name}`),
  );
  assert.deepEqual(missing, []);
});

test('shouldResolveEveryTypeWhenASpecialTypeMentionsIt', () => {
  for (const type of Object.values(specialTypes())) {
    assert.deepEqual(
      mentioned(type).flatMap((ref) => unresolved(type, ref)),
      [],
    );
  }
});

test('shouldOfferOneMemberWhenNameAndParametersAreTheSame', () => {
  const twice = [...all.values()].flatMap((type) => {
    const keys = (type.methods ?? []).map((text) => {
      const { static: isStatic, name, params } = parseSignature(text);
      return `${type.name} ${isStatic} ${name}(${params.map(typeText).join()})`.toLowerCase();
    });
    return keys.filter((key, index) => keys.indexOf(key) !== index);
  });
  // A batch class implements either of the two.
  assert.deepEqual(twice, ['database.batchable false start(database.batchablecontext)']);
});

test('shouldNameTheSourceWhenAnOverlayCorrects', () => {
  const corrected = [...all.values()].filter((type) => type.source !== undefined);
  assert.ok(corrected.length > 50);
  for (const type of corrected) assert.match(type.source ?? '', /^Apex (Reference|Developer Guide)/, type.name);
});

test('shouldKeepWhatOthersPrintWhenATypeIsParsedAndPrinted', () => {
  for (const text of ['String', 'Map<Id, List<Schema.SObjectType>>', 'List<List<SObject>>', 'T']) {
    assert.equal(typeText(parseType(text)), text);
  }
});

test('shouldRefuseWhenATypeIsMalformed', () => {
  for (const text of ['', 'List<', 'List<>', 'Map<Id String>', 'A, B', 'List<A>>']) {
    assert.throws(() => parseType(text), SyntaxError, text);
  }
  assert.throws(() => parseSignature('String'), /not a method signature: String/);
  assert.throws(() => parseConstructor('String'), /not a constructor signature: String/);
  assert.throws(() => parseProperty('Name'), /not a property: Name/);
});

test('shouldSplitASignatureWhenItIsStatic', () => {
  const signature = parseSignature('static Map<String, T> getAll(Integer, List<T>)');
  assert.equal(signature.static, true);
  assert.equal(signature.name, 'getAll');
  assert.equal(typeText(signature.returns), 'Map<String, T>');
  assert.deepEqual(signature.params.map(typeText), ['Integer', 'List<T>']);
});

test('shouldTellUnknownFromLeftOutWhenANamespaceIsNotDescribed', () => {
  assert.equal(loadNamespace('Wave'), undefined);
  assert.ok(signatureIndex().leftOut.includes('Wave'));
  assert.ok(!signatureIndex().leftOut.includes('Nonsense'));
  assert.equal(loadNamespace('nonsense'), undefined);
});

test('shouldFindANamespaceWhenItsCaseDiffers', () => {
  assert.equal(loadNamespace('EVENTBUS')?.get('eventbus.triggercontext')?.name, 'EventBus.TriggerContext');
  assert.equal(loadNamespace('database'), loadNamespace('Database'));
});

test('shouldHaveTheReferencesSignaturesWhenTheyAreWellKnown', () => {
  has('System.String', 'methods', 'static String format(String, List<Object>)');
  has('System.String', 'methods', 'Integer indexOf(String, Integer)');
  has('System.String', 'methods', 'List<String> split(String, Integer)');
  has('System.String', 'methods', 'static Boolean isBlank(String)');
  has('System.String', 'methods', 'static String join(Object, String)');
  has('System.Integer', 'methods', 'static Integer valueOf(Object)');
  has('System.Boolean', 'methods', 'static Boolean valueOf(String)');
  has('System.Decimal', 'methods', 'Decimal setScale(Integer, RoundingMode)');
  has('System.Decimal', 'methods', 'Decimal divide(Decimal, Integer, RoundingMode)');
  has('System.Datetime', 'methods', 'static Datetime newInstanceGmt(Integer, Integer, Integer)');
  has('System.Date', 'methods', 'Integer daysBetween(Date)');
  has('System.Id', 'methods', 'Schema.SObjectType getSobjectType()');
  has('System.Blob', 'methods', 'static Blob valueOf(String)');
  has('System.List', 'methods', 'void sort(Comparator<T>)');
  has('System.List', 'methods', 'T remove(Integer)');
  has('System.List', 'constructors', '(Set<T>)');
  has('System.Set', 'methods', 'Boolean retainAll(Set<T>)');
  has('System.Set', 'methods', 'Boolean equals(Set<T>)');
  has('System.Map', 'methods', 'List<V> values()');
  has('System.Map', 'methods', 'Set<K> keySet()');
  has('System.Map', 'methods', 'void putAll(List<SObject>)');
  has('System.JSON', 'methods', 'static Object deserialize(String, Type)');
  has('System.Object', 'methods', 'Integer hashCode()');
  has('System.SObject', 'methods', 'Object put(Schema.SObjectField, Object)');
  has('System.SObject', 'methods', 'Map<String, Object> getPopulatedFieldsAsMap()');
  has('System.SObject', 'methods', 'void setOptions(Database.DMLOptions)');
  has('System.System', 'methods', 'static Id enqueueJob(Object, AsyncOptions)');
  has('System.System', 'methods', 'static void debug(LoggingLevel, Object)');
  has('System.System', 'methods', 'static void assert(Boolean, Object)');
  has('System.Http', 'methods', 'HttpResponse send(HttpRequest)');
  has('System.Test', 'methods', 'static EventBus.TestBroker getEventBus()');
  has('System.EventBus', 'methods', 'static List<Database.SaveResult> publish(List<SObject>)');
  has('System.Database', 'methods', 'static Database.SaveResult insert(SObject, Database.DMLOptions, AccessLevel)');
  has('System.Database', 'methods', 'static List<Database.DeleteResult> delete(List<Id>, Boolean, AccessLevel)');
  has('System.Database', 'methods', 'static List<SObject> queryWithBinds(String, Map<String, Object>, AccessLevel)');
  has('System.Database', 'methods', 'static Id executeBatch(Object, Integer)');
  has('System.FinalizerContext', 'methods', 'Exception getException()');
  has('System.Iterator', 'methods', 'T next()');
  has('System.Comparator', 'methods', 'Integer compare(T, T)');
  has('Database.Batchable', 'methods', 'Iterable<T> start(Database.BatchableContext)');
  has('Schema.SObjectType', 'methods', 'SObject newSObject(Id, Boolean)');
  has('Schema.DescribeSObjectResult', 'properties', 'readonly Schema.SObjectTypeFields Fields');
  has('Messaging.SingleEmailMessage', 'methods', 'void setTargetObjectId(Id)');
  has('EventBus.TriggerContext', 'methods', 'static EventBus.TriggerContext currentContext()');
});

test('shouldNotOfferWhatThePlatformRefusesWhenTheTypesJarDoes', () => {
  hasNot('System.Database', 'methods', 'static List<Database.DeleteResult> delete(List<Object>)');
  hasNot('System.Http', 'methods', 'HttpResponse send(Object)');
  hasNot('System.SObject', 'methods', 'SObject getOrgDefaults()');
  hasNot('System.Math', 'constructors', '()');
  hasNot('System.Id', 'constructors', '()');
  hasNot('System.Exception', 'constructors', '()');
  hasNot('Database.SaveResult', 'constructors', '()');
  has('Database.DMLOptions', 'constructors', '()');
});

test('shouldBeReadOnlyWhenAPropertyHasAGetterOnly', () => {
  has('Database.SaveResult', 'properties', 'readonly Boolean Success');
  has('Messaging.SingleEmailMessage', 'properties', 'String HtmlBody');
  has('System.Math', 'properties', 'static readonly Double PI');
  has('System.RestContext', 'properties', 'static RestRequest request');
  has('System.Trigger', 'properties', 'static readonly Map<Id, SObject> newMap');
});

test('shouldRiseWithSeverityWhenLoggingLevelsAreOrdered', () => {
  const { values = [] } = all.get('system.logginglevel') as PlatformType;
  assert.ok(values.indexOf('FINEST') < values.indexOf('DEBUG'));
  assert.ok(values.indexOf('DEBUG') < values.indexOf('ERROR'));
});

test('shouldBeSubclassesOfExceptionWhenTheirNameSaysSo', () => {
  const exceptions = [...all.values()].filter((type) => type.name.endsWith('Exception') && type.kind === 'class');
  const others = exceptions.filter((type) => !type.extends && type.name !== 'System.Exception');
  assert.deepEqual(
    others.map((type) => type.name),
    [],
  );
  assert.equal(all.get('system.exception')?.virtual, true);
});
