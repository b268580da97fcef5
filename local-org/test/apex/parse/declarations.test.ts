import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnOf, lineOf } from '../../../src/apex/ast.ts';
import { memberOf, shape, typeOf, typeText, unitOf } from './parsed.ts';

const NO_MODIFIERS = { keywords: [], annotations: [] };

test('shouldReadClassWhenItHasModifiersParentAndInterfaces', () => {
  const type = typeOf(
    "@IsTest(SeeAllData=true) @SuppressWarnings('PMD')\nPUBLIC Without  Sharing abstract class Foo\n" +
      'extends Base.Inner implements A, Database.Batchable<Account> {\n}',
  );
  assert.ok(type.kind === 'class');
  assert.equal(type.name.name, 'Foo');
  assert.deepEqual(type.modifiers.keywords, ['public', 'without sharing', 'abstract']);
  assert.deepEqual(shape(type.modifiers.annotations), [
    { name: 'IsTest', values: [{ name: 'SeeAllData', value: 'true' }] },
    { name: 'SuppressWarnings', values: [{ name: 'value', value: 'PMD' }] },
  ]);
  assert.equal(typeText(type.extends!), 'Base.Inner');
  assert.deepEqual(type.implements.map(typeText), ['A', 'Database.Batchable<Account>']);
  assert.deepEqual([lineOf(type.at), columnOf(type.at)], [1, 1], 'a type starts at its first modifier');
  assert.deepEqual([lineOf(type.name.at), columnOf(type.name.at)], [2, 40]);
  assert.deepEqual([lineOf(type.end), columnOf(type.end)], [4, 1], 'and ends at its brace');
});

test('shouldReadEverySharingModifierWhenWrittenInAnyCase', () => {
  for (const sharing of ['with sharing', 'without sharing', 'inherited sharing']) {
    assert.deepEqual(typeOf(`${sharing.toUpperCase()} class A {}`).modifiers.keywords, [sharing]);
  }
});

test('shouldReadAnnotationWithSeveralValuesWhenSeparatedByBlanksOrCommas', () => {
  const method = memberOf(
    "@InvocableMethod(label='It\\'s' description='b', configurationEditor='c') static void m(List<String> p) {}",
  );
  assert.ok(method.kind === 'method');
  assert.deepEqual(method.modifiers.annotations[0]?.values, [
    { name: 'label', value: "It's" },
    { name: 'description', value: 'b' },
    { name: 'configurationEditor', value: 'c' },
  ]);
});

test('shouldReadInterfaceWhenItHasParentsAndMethods', () => {
  const type = typeOf('global interface Shape extends A, B<C> { void draw(); Integer size(final String unit); }');
  assert.ok(type.kind === 'interface');
  assert.deepEqual(type.extends.map(typeText), ['A', 'B<C>']);
  assert.deepEqual(
    type.methods.map((method) => [method.name.name, method.returns && typeText(method.returns), method.body]),
    [
      ['draw', null, null],
      ['size', 'Integer', null],
    ],
  );
  assert.deepEqual(shape(type.methods[1]?.params), [
    { name: { name: 'unit' }, type: { names: [{ name: 'String', args: [] }], dims: 0 }, final: true },
  ]);
});

test('shouldReadEnumWhenItIsEmptyOrNot', () => {
  const type = typeOf('public enum Season { WINTER, Spring }');
  assert.ok(type.kind === 'enum');
  assert.deepEqual(
    type.values.map(({ name, at }) => [name, columnOf(at)]),
    [
      ['WINTER', 22],
      ['Spring', 30],
    ],
  );
  assert.deepEqual(shape(typeOf('enum Empty {}')), {
    kind: 'enum',
    name: { name: 'Empty' },
    modifiers: NO_MODIFIERS,
    values: [],
  });
});

test('shouldReadMembersInOrderWhenAClassHasAllKinds', () => {
  const type = typeOf(`class A {
    static { x = 1; }
    { y = 2; }
    ;
    A() { this(1); }
    void m() {}
    abstract Integer n();
    Integer a = 1, b;
    String p { get; set; }
    class Inner {}
    interface Face {}
    enum Level { LOW }
  }`);
  assert.ok(type.kind === 'class');
  assert.deepEqual(
    type.members.map((member) => member.kind),
    'initializer initializer constructor method method field property class interface enum'.split(' '),
  );
  const [first, second, , , abstractMethod, field] = type.members;
  assert.ok(first?.kind === 'initializer' && first.static);
  assert.ok(second?.kind === 'initializer' && !second.static);
  assert.ok(abstractMethod?.kind === 'method' && abstractMethod.body === null);
  assert.ok(field?.kind === 'field');
  assert.deepEqual(shape(field.variables), [
    { name: { name: 'a' }, init: { kind: 'literal', type: 'Integer', text: '1' } },
    { name: { name: 'b' }, init: null },
  ]);
});

test('shouldReadMethodWhenItReturnsAnArrayOfAGenericType', () => {
  const method = memberOf('public static List<Map<String, List<Foo.Bar>>>[] all(final Set<Id> ids, Foo[] foos) { }');
  assert.ok(method.kind === 'method');
  assert.equal(typeText(method.returns!), 'List<Map<String, List<Foo.Bar>>>[]');
  assert.deepEqual(
    method.params.map((param) => [param.name.name, typeText(param.type), param.final]),
    [
      ['ids', 'Set<Id>', true],
      ['foos', 'Foo[]', false],
    ],
  );
  assert.deepEqual(method.modifiers.keywords, ['public', 'static']);
});

test('shouldReadConstructorWhenItsNameDiffersInCase', () => {
  const constructor = memberOf('public sample(Integer a) { super(); }');
  assert.ok(constructor.kind === 'constructor');
  assert.equal(constructor.name.name, 'sample');
  assert.equal(constructor.params.length, 1);
});

test('shouldReadPropertyWhenAccessorsHaveModifiersAndBodies', () => {
  const property = memberOf('public static Integer size { get { return 1; } @TestVisible private set; }');
  assert.ok(property.kind === 'property');
  assert.equal(property.getter?.body?.statements.length, 1);
  assert.deepEqual(property.getter?.modifiers, NO_MODIFIERS);
  assert.equal(property.setter?.body, null);
  assert.deepEqual(property.setter?.modifiers.keywords, ['private']);
  assert.equal(property.setter?.modifiers.annotations[0]?.name, 'TestVisible');
});

test('shouldLeaveOutAccessorWhenThePropertyHasOnlyOne', () => {
  const property = memberOf('Integer size { get; }');
  assert.ok(property.kind === 'property');
  assert.equal(property.setter, null);
});

test('shouldReadTriggerWhenItHasMembersAndStatements', () => {
  const { trigger } = unitOf(
    `trigger LeadTrigger on Lead (before insert, AFTER  Undelete) {
      Integer count = 0;
      final String label = 'x';
      private static Integer shared = 1;
      void help(Lead l) { count++; }
      class Holder { Integer n; }
      for (Lead l : Trigger.new) { help(l); }
    }`,
    'trigger-file',
  );
  assert.ok(trigger);
  assert.equal(trigger.name.name, 'LeadTrigger');
  assert.equal(trigger.object.name, 'Lead');
  assert.deepEqual(trigger.events, ['before insert', 'after undelete']);
  assert.deepEqual(
    trigger.members.map((member) => member.kind),
    ['field', 'method', 'class'],
  );
  assert.deepEqual(
    trigger.body.statements.map((statement) => statement.kind),
    ['local', 'local', 'foreach'],
    'variables are run in their place',
  );
  const label = trigger.body.statements[1];
  assert.ok(label?.kind === 'local' && label.final);
});

test('shouldReadScriptWhenStatementsAndDeclarationsAreMixed', () => {
  const { anonymous } = unitOf(
    'Integer x = 1;\nInteger twice(Integer n) { return n * 2; }\nx = twice(x);\nif (x > 1) { insert new Lead(); }',
    'anonymous',
  );
  assert.ok(anonymous);
  assert.deepEqual(
    anonymous.members.map((member) => member.kind),
    ['method'],
  );
  assert.deepEqual(
    anonymous.body.statements.map((statement) => statement.kind),
    ['local', 'expression', 'if'],
  );
});

test('shouldReadScriptWhenItIsEmpty', () => {
  assert.deepEqual(unitOf('', 'anonymous').anonymous?.body.statements, []);
});

test('shouldTakeKeywordsAsNamesWhenTheyAreReservedOnlyInTheirOwnPlace', () => {
  const type = typeOf(
    'class Data { Integer count, name, group, limit_x, user, order, get, set, with, first, system; }',
  );
  assert.ok(type.kind === 'class' && type.members[0]?.kind === 'field');
  assert.equal(type.members[0].variables.length, 11);
});

test('shouldIgnoreByteOrderMarkWhenTheFileStartsWithOne', () => {
  const { type } = unitOf('\uFEFFclass A {}');
  assert.equal(type?.at, 4096, 'line 1, column 1');
});

test('shouldCountColumnsInUtf16UnitsWhenTextHasCharactersBeyondTheBasicPlane', () => {
  const type = typeOf("class A { String s = '😀', t; }");
  assert.ok(type.kind === 'class' && type.members[0]?.kind === 'field');
  assert.equal(columnOf(type.members[0].variables[1]!.name.at), 28);
});

test('shouldMakePlainJsonWhenAUnitIsBuilt', () => {
  const unit = unitOf('class A { Integer a = b?.c ?? 1; void m() { for (;;) { } } }');
  assert.deepEqual(JSON.parse(JSON.stringify(unit)), unit);
});
