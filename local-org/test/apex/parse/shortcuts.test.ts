import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompilationUnit } from '../../../src/apex/ast.ts';
import { parseUnit } from '../../../src/apex/parse/parse.ts';

/** Texts in which each decision that has a shortcut is made in each of its ways. */
const BODIES = [
  'Foo a; Foo.Bar<X> b = c; List<Foo>[] d = e; Set<Id> f; Map<Id, List<Foo>> g; Foo[] h; final Foo i; name data;',
  'a = b; a.b(); a[0] = 1; a++; ++a; this.x = 1; new Foo(); super.m(); (a).b(); [SELECT Id FROM Lead].size();',
  'x = a < b; x = a < b && c > d; x = a < b.c; x = a << b; x = a >> b >>> c; x = a <= b; x = a >= b; foo(a < b, c > d);',
  'x = (Foo) a; x = (Foo.Bar) a.b(); x = (List<Foo>) a; x = (Foo[]) a; x = (Foo) (a); x = (Foo) (Bar) a; x = (Foo) !a;',
  "x = (a); x = (a) * b; x = (a + b) - c; x = (a.b) == c; x = (a) instanceof B; x = (Foo) null; x = (Foo) 'a'; x = (a) ? b : c;",
  'x = (Foo) name; x = (Foo) this.a; x = (Foo) new Bar(); x = (Foo) [SELECT Id FROM Foo]; x = (Integer) -a; x = (Foo) super.a();',
  'x = Foo.class; x = Foo.Bar.class; x = List<Foo>.class; x = Foo[].class; x = Map<A, B>.class.getName(); x = void.class;',
  'x = a.b.c; x = a?.b().c[0]?.d; x = Trigger.new.size(); x = a.class_x; x = foo().bar; x = this(a); x = get(a).set(b);',
  'x = new A(); x = new A.B<C>(d); x = new A[1]; x = new A[]{}; x = new A[]{ b, c, }; x = new List<A>{}; x = new List<A>{ b };',
  "x = new Map<A, B>{ 'a' => b(c, d), e => new List<F>{ g, h } }; x = new Set<A>{ b(c), d[0], new Map<E, F>{ g => h } };",
  'x = a ? b : c ? d : e; x = a ?? b ?? c; x = a = b += c; x = !a || -b < ~c && d; x = a - -b + +c; x = --a * b--;',
  'if (a) if (b) c(); else d(); if (a) { } else if (b) { } else { }',
  'for (;;) { } for (Foo f : g) { } for (Foo.Bar<X>[] f : g) h(); for (Integer i = 0, j; i < j; i++, j--); for (i = 0; ; );',
  'while (a); while (a) b(); do { } while (a); try { } catch (A.B e) { } finally { } throw a; return; return a; { }',
  'switch on a { when 1, -2 { } when A.B { } when C d { } when else { } } switch_x.on();',
  'insert a; insert as user a; upsert a B__c; upsert a B.C__c; merge a b; merge a [SELECT Id FROM Lead]; delete (a); update as;',
  'System.runAs(a) { b(); } break; continue; undelete [SELECT Id FROM Lead]; upsert new A() B__c;',
  "x = [SELECT Id FROM A WHERE B = 1 AND C = :d AND (E = 2 OR F IN :(g) OR (NOT H = 'i'))]; x = [FIND :a RETURNING B(C WHERE D = 1)];",
  'x = [SELECT Id FROM A WHERE B IN :(c) AND D = :(e.f) ORDER BY G LIMIT :(h) OFFSET :i]; x = [SELECT Id FROM A WHERE NOT B = 1];',
  'x = [SELECT COUNT(Id) FROM A WHERE B = :c[0].d(e) OR F = 2 GROUP BY G HAVING COUNT(Id) > 1 AND SUM(H) < :i];',
];

const FILES: [kind: CompilationUnit['kind'], source: string][] = [
  ...BODIES.map((body): [CompilationUnit['kind'], string] => ['class-file', `class A { void m() { ${body} } }`]),
  [
    'class-file',
    `@IsTest global with sharing class A extends B<C> implements D, E.F { static { } { } ; A() { } private A(B b) { }
      void m() { } List<A> n(final B b) { } abstract A.B o(); A a = 1, b; A[] p { get; private set { } } Map<A, B> c;
      interface G extends H { void i(); A<B> j(K k); } enum L { M, N } virtual class O { } transient A q; @Foo(a=1) A r; }`,
  ],
  ['class-file', 'public enum A { B }'],
  ['class-file', 'interface A { }'],
  [
    'trigger-file',
    `trigger A on B (before insert, after update) { C d = e; final C f; static C g; void h() { } C<D> i(J j) { } class K { }
      if (a) { b(); } for (B b : Trigger.new) { } insert c; switch on d { when 1 { } } e.f(); enum L { M } N o { get; set; } }`,
  ],
  ['anonymous', 'A b = c; b.d(); void e() { } A<B> f(G h) { return null; } class I { } if (j) { } [SELECT Id FROM A];'],
];

for (const [kind, source] of FILES) {
  test(`shouldBuildTheSameTreeWhenShortcutsAreTaken: ${source.slice(0, 50)}`, () => {
    assert.deepEqual(parseUnit(source, kind, true), parseUnit(source, kind, false));
  });
}
