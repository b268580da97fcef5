import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnOf } from '../../../src/apex/ast.ts';
import { grouped, shape, statementOf, statementsOf, typeText } from './parsed.ts';

test('shouldTellDeclarationFromExpressionWhenBothStartWithAName', () => {
  const kinds = statementsOf(
    `Foo a; Foo.Bar<X> b = c; List<Foo> d; Foo[] e; final Foo f; Set<Id> g; Map<Id, Foo> h;
     a = b; a.b(); a[0] = 1; a++; ++a; this.x = 1; new Foo(); a.b.c = d; (a).b(); x < y; Foo.bar();`,
  ).map((statement) => statement.kind);
  assert.deepEqual(kinds, [...Array<string>(7).fill('local'), ...Array<string>(11).fill('expression')]);
});

test('shouldReadLocalVariablesWhenSeveralAreDeclared', () => {
  const local = statementOf("@SuppressWarnings('PMD') final Map<String, Foo[]> a = null, b;");
  assert.ok(local.kind === 'local');
  assert.equal(typeText(local.type), 'Map<String, Foo[]>');
  assert.equal(local.final, true);
  assert.deepEqual(
    local.variables.map(({ name, init }) => [name.name, init?.kind ?? null]),
    [
      ['a', 'literal'],
      ['b', null],
    ],
  );
});

test('shouldGiveElseToInnerIfWhenTwoIfsAreNested', () => {
  const outer = statementOf('if (a) if (b) x(); else y();');
  assert.ok(outer.kind === 'if' && outer.then.kind === 'if');
  assert.equal(outer.else, null);
  assert.equal(outer.then.else?.kind, 'expression');
});

test('shouldReadBlockWhenItStandsAlone', () => {
  const block = statementOf('{ a(); { } }');
  assert.ok(block.kind === 'block');
  assert.deepEqual(
    block.statements.map(({ kind }) => kind),
    ['expression', 'block'],
  );
  assert.equal(columnOf(block.end) - columnOf(block.at), 11, 'the end is the closing brace');
});

test('shouldReadForWhenPartsAreMissing', () => {
  assert.deepEqual(shape(statementOf('for (;;);')), {
    kind: 'for',
    init: null,
    condition: null,
    update: [],
    body: null,
  });
});

test('shouldReadForWhenItDeclaresOrAssigns', () => {
  const declares = statementOf('for (Integer i = 0, j = 1; i < j; i++, j--) { }');
  assert.ok(declares.kind === 'for' && declares.init !== null && 'kind' in declares.init);
  assert.equal(declares.init.variables.length, 2);
  assert.equal(declares.update.length, 2);
  assert.equal(declares.body?.kind, 'block');

  const assigns = statementOf('for (i = 0, j = 1; ; ) x();');
  assert.ok(assigns.kind === 'for' && Array.isArray(assigns.init));
  assert.deepEqual(
    assigns.init.map(({ kind, expr }) => [kind, grouped(expr)]),
    [
      ['expression', '(i = 0)'],
      ['expression', '(j = 1)'],
    ],
  );
});

test('shouldReadForEachWhenItRunsOverAQuery', () => {
  const each = statementOf('for (List<Account> page : [SELECT Id FROM Account]) { }');
  assert.ok(each.kind === 'foreach');
  assert.equal(typeText(each.type), 'List<Account>');
  assert.equal(each.name.name, 'page');
  assert.equal(each.iterable.kind, 'soql');
  const bare = statementOf('for (Foo f : foos);');
  assert.ok(bare.kind === 'foreach' && bare.body === null);
});

test('shouldReadLoopsWhenTheyHaveNoBraces', () => {
  const loop = statementOf('while (a) b();');
  assert.ok(loop.kind === 'while' && loop.body?.kind === 'expression');
  const empty = statementOf('while (a);');
  assert.ok(empty.kind === 'while' && empty.body === null);
  const last = statementOf('do { break; } while (a < b);');
  assert.ok(last.kind === 'dowhile' && last.body.kind === 'block' && last.body.statements[0]?.kind === 'break');
  assert.equal(grouped(last.condition), '(a < b)');
});

test('shouldReadTryWhenItCatchesAndFinishes', () => {
  const statement = statementOf(
    'try { a(); } catch (System.DmlException e) { } catch (final Exception x) { } finally { }',
  );
  assert.ok(statement.kind === 'try');
  assert.deepEqual(
    statement.catches.map(({ type, name }) => [typeText(type), name.name]),
    [
      ['System.DmlException', 'e'],
      ['Exception', 'x'],
    ],
  );
  assert.equal(statement.finally?.kind, 'block');
  const plain = statementOf('try { } finally { }');
  assert.ok(plain.kind === 'try' && plain.catches.length === 0);
});

test('shouldReadJumpsWhenTheyHaveAValueOrNot', () => {
  assert.deepEqual(shape(statementsOf('throw e; return; continue; break;')), [
    { kind: 'throw', value: { kind: 'name', name: 'e' } },
    { kind: 'return', value: null },
    { kind: 'continue' },
    { kind: 'break' },
  ]);
});

test('shouldReadSwitchWhenItHasEveryKindOfCase', () => {
  const statement = statementOf(`switch on value {
    when 1, -2, +3L { a(); }
    when 'x', null, ('y') { }
    when RED, Color.Blue, Outer.Color.GREEN { }
    when Account acc { }
    when Outer.Inner thing { }
    when else { }
  }`);
  assert.ok(statement.kind === 'switch');
  assert.equal(grouped(statement.value), 'value');
  const cases = statement.cases.map((when) => {
    if (when.kind === 'values') return when.values.map(grouped);
    return when.kind === 'type' ? `${typeText(when.type)} ${when.name.name}` : when.kind;
  });
  assert.deepEqual(cases, [
    ['1', '(-2)', '(+3)'],
    ['x', 'null', 'y'],
    ['RED', 'Color.Blue', 'Outer.Color.GREEN'],
    'Account acc',
    'Outer.Inner thing',
    'else',
  ]);
});

test('shouldReadDmlWhenItHasAnAccessLevel', () => {
  const found = statementsOf(
    `insert a; update as user b; delete as system [SELECT Id FROM Lead]; undelete c; upsert d; upsert as user e Key__c;
     upsert f Account.Key__c; merge g h; merge as system i [SELECT Id FROM Lead]; insert (a); upsert new Lead() Key__c;`,
  ).map((statement) => {
    assert.ok(statement.kind === 'dml');
    const { operation, access, value, externalId } = statement;
    return [operation, access, value.kind, statement.with?.kind ?? null, externalId?.name ?? null];
  });
  assert.deepEqual(found, [
    ['insert', null, 'name', null, null],
    ['update', 'user', 'name', null, null],
    ['delete', 'system', 'soql', null, null],
    ['undelete', null, 'name', null, null],
    ['upsert', null, 'name', null, null],
    ['upsert', 'user', 'name', null, 'Key__c'],
    ['upsert', null, 'name', null, 'Account.Key__c'],
    ['merge', null, 'name', 'name', null],
    ['merge', 'system', 'name', 'soql', null],
    ['insert', null, 'name', null, null],
    ['upsert', null, 'new', null, 'Key__c'],
  ]);
});

test('shouldReadRunAsWhenABlockFollows', () => {
  const statement = statementOf('system.RUNAS(new User(), 1) { a(); }');
  assert.ok(statement.kind === 'runas');
  assert.equal(statement.args.length, 2);
  assert.equal(statement.body.statements.length, 1);
});
