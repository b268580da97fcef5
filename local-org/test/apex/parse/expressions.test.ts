import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnOf } from '../../../src/apex/ast.ts';
import type { Expr } from '../../../src/apex/ast.ts';
import { exprOf, grouped, shape, typeText } from './parsed.ts';

/** By the table "Operator Precedence" of the Apex Developer Guide, tightest first. */
const GROUPING: [source: string, grouping: string][] = [
  ['a + b * c', '(a + (b * c))'],
  ['a - b - c', '((a - b) - c)'],
  ['a / b * c', '((a / b) * c)'],
  ['a << b + c', '(a << (b + c))'],
  ['a >>> b >> c', '((a >>> b) >> c)'],
  ['a < b << c', '(a < (b << c))'],
  ['a >= b == c <= d', '((a >= b) == (c <= d))'],
  ['a instanceof B == c', '((a instanceof B) == c)'],
  ['a === b !== c', '((a === b) !== c)'],
  ['a <> b', '(a != b)'],
  ['a > = b', '(a >= b)'],
  ['a < = b', '(a <= b)'],
  ['a & b == c', '(a & (b == c))'],
  ['a ^ b & c', '(a ^ (b & c))'],
  ['a | b ^ c', '(a | (b ^ c))'],
  ['a && b | c', '(a && (b | c))'],
  ['a == b && c != d', '((a == b) && (c != d))'],
  ['a || b && c', '(a || (b && c))'],
  ['a ?? b || c', '(a ?? (b || c))'],
  ['a ?? b ?? c', '((a ?? b) ?? c)'],
  ['a ?? b ? c : d', '((a ?? b) ? c : d)'],
  ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
  ['a ? b ? c : d : e', '(a ? (b ? c : d) : e)'],
  ['a = b = c ? d : e', '(a = (b = (c ? d : e)))'],
  ['a += b >>= c', '(a += (b >>= c))'],
  ['!a && -b < ~c', '((!a) && ((-b) < (~c)))'],
  ['!a.b()', '(!a.b())'],
  ['-a++', '(-(a++))'],
  ['--a - -b', '((--a) - (-b))'],
  ['(a + b) * c', '((a + b) * c)'],
  ['a < b && c > d', '((a < b) && (c > d))'],
  ['a[b][c].d[e]', 'a[b][c].d[e]'],
  ['a?.b.c()?.d', 'a?.b.c()?.d'],
];

for (const [source, grouping] of GROUPING) {
  test(`shouldGroupAs ${grouping} When ${source}`, () => {
    assert.equal(grouped(exprOf(source)), grouping);
  });
}

/** What stands in parentheses before an operand is a type or a value. */
const CASTS: [source: string, grouping: string][] = [
  ['(Foo) bar.baz()', '((Foo) bar.baz())'],
  ['(List<Foo>) bar', '((List<Foo>) bar)'],
  ['(Foo.Bar[]) this.baz', '((Foo.Bar[]) this.baz)'],
  ['(Foo) (bar)', '((Foo) bar)'],
  ['(Foo) (Bar) baz', '((Foo) ((Bar) baz))'],
  ['(Integer) a + b', '(((Integer) a) + b)'],
  ['(Foo) a == b', '(((Foo) a) == b)'],
  ['(Long) a++', '((Long) (a++))'],
  ['(Object) (Long) a--', '((Object) ((Long) (a--)))'],
  ['(Integer) -a', '((Integer) (-a))'],
  ['(a) - b', '(a - b)'],
  ['(a) + b', '(a + b)'],
  ['(a.b) - c', '(a.b - c)'],
  ['(a)[0]', 'a[0]'],
  ['(a)++', '(a++)'],
  ['(a) * b', '(a * b)'],
  ['(a) instanceof B', '(a instanceof B)'],
  ['(a < b) ? c : d', '((a < b) ? c : d)'],
  ['(Foo) [SELECT Id FROM Foo]', '((Foo) soql)'],
  ['(String) name', '((String) name)'],
  ['(Map<String, Object>) JSON.parse(a)', '((Map<String, Object>) JSON.parse(a))'],
  ['(Boolean) !a', '((Boolean) (!a))'],
  ["(Object) 'a'", '((Object) a)'],
];

for (const [source, grouping] of CASTS) {
  test(`shouldGroupAs ${grouping} When ${source}`, () => {
    assert.equal(grouped(exprOf(source)), grouping);
  });
}

test('shouldReadEveryAssignmentOperatorWhenUsed', () => {
  for (const op of ['=', '+=', '-=', '*=', '/=', '&=', '|=', '^=', '<<=', '>>=', '>>>=']) {
    assert.equal(grouped(exprOf(`a ${op} b`)), `(a ${op} b)`);
  }
});

test('shouldReadNameChainWhenPartsAreReservedElsewhere', () => {
  assert.equal(grouped(exprOf('Trigger.new.size()')), 'Trigger.new.size()');
  assert.equal(grouped(exprOf('Trigger.old')), 'Trigger.old');
  assert.equal(grouped(exprOf('a.insert.class_x.if')), 'a.insert.class_x.if');
  assert.equal(grouped(exprOf('system.debug(user.name)')), 'system.debug(user.name)');
});

test('shouldReadCallWhenItStandsAloneOrConstructs', () => {
  assert.deepEqual(shape(exprOf('run(1, b)')), {
    kind: 'call',
    name: { name: 'run' },
    args: [
      { kind: 'literal', type: 'Integer', text: '1' },
      { kind: 'name', name: 'b' },
    ],
  });
  assert.equal(grouped(exprOf('THIS(a)')), 'this(a)');
  assert.equal(grouped(exprOf('Super()')), 'super()');
  assert.equal(grouped(exprOf('get(a)')), 'get(a)');
});

test('shouldReadThisAndSuperWhenMembersAreTaken', () => {
  assert.deepEqual(shape(exprOf('this.a')), {
    kind: 'field-access',
    target: { kind: 'this' },
    name: { name: 'a' },
    safe: false,
  });
  assert.deepEqual(shape(exprOf('super.m()')), {
    kind: 'method-call',
    target: { kind: 'super' },
    name: { name: 'm' },
    args: [],
    safe: false,
  });
});

test('shouldMarkSafeNavigationWhenTheDotHasAQuestionMark', () => {
  const expr = exprOf('a?.b()');
  assert.ok(expr.kind === 'method-call' && expr.safe);
});

test('shouldReadClassLiteralWhenTheTypeIsAnArrayGenericOrVoid', () => {
  for (const type of ['Foo', 'Foo.Bar', 'Foo[]', 'List<Foo>', 'Map<String, List<Foo[]>>', 'void']) {
    const expr = exprOf(`${type}.class`);
    assert.ok(expr.kind === 'class-literal', type);
    assert.equal(typeText(expr.type), type);
  }
  const call = exprOf('Foo.class.getName()');
  assert.ok(call.kind === 'method-call' && call.target.kind === 'class-literal');
});

test('shouldReadNewWhenArgumentsAreNamedOrNot', () => {
  const positional = exprOf('new Foo.Bar<X>(a, b = c)');
  assert.ok(positional.kind === 'new');
  assert.equal(typeText(positional.type), 'Foo.Bar<X>');
  assert.equal(positional.args.length, 2);
  assert.equal(positional.named, null);

  const named = exprOf("new Account(Name = 'x', Parent = new Account(Key__c = a))");
  assert.ok(named.kind === 'new' && named.named);
  assert.deepEqual(named.args, []);
  assert.deepEqual(
    named.named.map(({ name, value }) => [name.name, value.kind]),
    [
      ['Name', 'literal'],
      ['Parent', 'new'],
    ],
  );
  const none = exprOf('new Account()');
  assert.ok(none.kind === 'new' && none.named === null && none.args.length === 0);
});

test('shouldReadMethodCallOnNewObjectWhenChained', () => {
  const expr = exprOf('new Foo().run()');
  assert.ok(expr.kind === 'method-call' && expr.target.kind === 'new');
});

test('shouldReadCollectionWhenItIsCreatedInAnyOfItsForms', () => {
  const created = (source: string): unknown => {
    const expr: Expr = exprOf(source);
    assert.ok(expr.kind === 'new-collection', source);
    const { type, elements, pairs, size } = expr;
    return [typeText(type), elements?.length ?? null, pairs?.length ?? null, size === null ? null : grouped(size)];
  };
  assert.deepEqual(created('new List<Foo>{ a, b }'), ['List<Foo>', 2, null, null]);
  assert.deepEqual(created('new List<Foo>{}'), ['List<Foo>', 0, null, null]);
  assert.deepEqual(created('new Set<Id>{ a }'), ['Set<Id>', 1, null, null]);
  assert.deepEqual(created('new Map<Id, Foo>{}'), ['Map<Id, Foo>', null, 0, null]);
  assert.deepEqual(created("new Map<String, List<Foo>>{ 'a' => new List<Foo>(), b[0] => x }"), [
    'Map<String, List<Foo>>',
    null,
    2,
    null,
  ]);
  assert.deepEqual(created('new Foo[]{ a, b, }'), ['Foo[]', 2, null, null]);
  assert.deepEqual(created('new Foo[]{}'), ['Foo[]', 0, null, null]);
  assert.deepEqual(created('new Foo[][]{}'), ['Foo[][]', 0, null, null]);
  assert.deepEqual(created('new Foo[][][]{ a, b }'), ['Foo[][][]', 2, null, null]);
  assert.deepEqual(created('new Foo.Bar[n + 1]'), ['Foo.Bar[]', null, null, '(n + 1)']);
});

test('shouldStartAtFirstTokenWhenAnExpressionHasSeveral', () => {
  const expr = exprOf('a.b(c)[0] + d');
  assert.ok(expr.kind === 'binary' && expr.left.kind === 'index' && expr.left.target.kind === 'method-call');
  assert.equal(expr.at, expr.left.target.at);
  assert.equal(columnOf(expr.left.target.name.at) - columnOf(expr.at), 2);
});

test('shouldReadLongConcatenationWhenItHasThousandsOfParts', () => {
  const parts = Array.from({ length: 3000 }, (_, index) => `'${index}'`).join(' + ');
  assert.equal(exprOf(parts).kind, 'binary');
});
