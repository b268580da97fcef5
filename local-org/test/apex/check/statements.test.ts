import { test } from 'node:test';
import { acceptsMembers, acceptsStatements, refusesMembers, refusesStatements, refusesUnits } from './harness.ts';

test('shouldRefuseExpressionsThatAreNoStatements', () => {
  refusesStatements({
    '1 + 2;': '3:1 Expression cannot be a statement. Assign its value, or remove it.',
    "'text';": '3:1 Expression cannot be a statement. Assign its value, or remove it.',
    'Integer i; i;': '3:12 Expression cannot be a statement. Assign its value, or remove it.',
    'Integer i; i == 1;': '3:12 Expression cannot be a statement. Assign its value, or remove it.',
    'Account a; a.Name;': '3:12 Expression cannot be a statement. Assign its value, or remove it.',
    '[SELECT Id FROM Account];': '3:1 Expression cannot be a statement. Assign its value, or remove it.',
    'true ? 1 : 2;': '3:1 Expression cannot be a statement. Assign its value, or remove it.',
  });
});

test('shouldTakeExpressionsThatDoSomething', () => {
  acceptsMembers('void m() { Integer i; i++; ++i; i = 1; m(); new T(); this.m(); new List<String>(); }');
});

test('shouldLoop', () => {
  acceptsStatements(
    'for (Integer i = 0, j = 1; i < j; i++) { continue; } for (;;) { break; } while (true) { break; } do { break; } while (false);',
    'for (String s : new List<String>()) { } for (String s : new Set<String>()) { } for (Object o : new List<Integer>()) { } for (Id i : new Set<String>()) { }',
    'for (Account a : [SELECT Id FROM Account]) { } for (List<Account> l : [SELECT Id FROM Account]) { } for (SObject s : [SELECT Id FROM Account]) { }',
    "for (Account a : Database.query('x')) { } for (List<Account> l : Database.query('x')) { } for (SObject s : Database.query('x')) { }",
    "for (AggregateResult r : [SELECT COUNT(Id) FROM Account GROUP BY Name]) { } for (Account a : new Contact().getSObjects('x')) { }",
  );
});

test('shouldLoopOverIterables', () => {
  acceptsMembers(
    'class A implements Iterable<String> { public Iterator<String> iterator() { return null; } } void m() { for (String s : new A()) { } for (Object o : new A()) { } }',
  );
});

test('shouldRefuseLoopsOverOtherThings', () => {
  refusesStatements({
    "for (String s : 'abc') { }": '3:1 Loop must iterate over collection: String',
    'for (String s : new Map<String, String>()) { }': '3:1 Loop must iterate over collection: Map<String, String>',
    'for (Integer i : new List<String>()) { }': '3:1 Invalid loop variable type expected String was Integer',
    'for (Contact c : [SELECT Id FROM Account]) { }':
      '3:1 Loop variable must be a generic SObject or List or a concrete SObject or List of: Account',
    'for (Integer i : [SELECT COUNT() FROM Account]) { }': '3:1 Loop must iterate over collection: Integer',
    'for (Account a : [SELECT Id FROM Account]);': '3:1 Loop with query must provide a statement',
    "for (Integer i = 'a'; i < 1; i++) { }": '3:18 Illegal assignment from String to Integer. Use Integer.valueOf(…).',
    'for (Integer i = 0; i; i++) { }': '3:21 Condition expression must be of type Boolean: Integer',
  });
});

test('shouldRefuseBreakAndContinueOutsideLoops', () => {
  refusesStatements({
    'break;': '3:1 Break statement must be in loop',
    'continue;': '3:1 Continue statement must be in loop',
    'if (true) { break; }': '3:13 Break statement must be in loop',
    'switch on 1 { when 1 { break; } }': '3:24 Break statement must be in loop',
  });
});

test('shouldRefuseStatementsThatAreNeverReached', () => {
  refusesMembers({
    'void m() { return; m(); }': '2:20 Unreachable statement',
    'void m() { throw new DmlException(); m(); }': '2:38 Unreachable statement',
    'void m(Boolean b) { if (b) { return; } else { return; } m(); }': '2:57 Unreachable statement',
    'void m() { try { return; } catch (Exception e) { return; } m(); }': '2:60 Unreachable statement',
    'void m(Integer i) { switch on i { when 1 { return; } when else { return; } } m(); }': '2:78 Unreachable statement',
  });
});

test('shouldReachWhatFollowsALoopOrABranch', () => {
  acceptsMembers(
    'void m() { while (true) { } m(); } void n() { for (;;) { } n(); }',
    'void m(Boolean b) { if (b) { return; } m(b); } void n(Integer i) { switch on i { when 1 { return; } } n(i); }',
    'void m() { try { return; } catch (Exception e) { } m(); }',
  );
});

test('shouldRefuseMethodsThatMayNotReturn', () => {
  refusesMembers({
    'Integer m() { }': '2:9 Missing return statement required return type: Integer',
    'Integer m(Boolean b) { if (b) { return 1; } }': '2:9 Missing return statement required return type: Integer',
    'Integer m() { while (true) { } }': '2:9 Missing return statement required return type: Integer',
    'Integer m() { for (Integer i : new List<Integer>()) { return i; } }':
      '2:9 Missing return statement required return type: Integer',
    'Integer m() { try { return 1; } catch (Exception e) { } }':
      '2:9 Missing return statement required return type: Integer',
    'Integer m(Integer i) { switch on i { when 1 { return 1; } } }':
      '2:9 Missing return statement required return type: Integer',
    'Integer m() { try { } finally { return 1; } }': '2:9 Missing return statement required return type: Integer',
  });
});

test('shouldTakeMethodsThatReturnOrThrow', () => {
  acceptsMembers(
    'Integer m(Boolean b) { if (b) { return 1; } else { throw new DmlException(); } }',
    'Integer m(Integer i) { switch on i { when 1 { return 1; } when else { return 2; } } }',
    'Integer m() { try { return 1; } catch (Exception e) { throw e; } finally { } }',
    'Integer m() { { return 1; } } Long n() { return 1; } void o() { return; }',
  );
});

test('shouldRefuseReturnsOfAnotherType', () => {
  refusesMembers({
    "Integer m() { return 'a'; }": '2:22 Illegal assignment from String to Integer. Use Integer.valueOf(…).',
    'Integer m() { return; }': '2:15 Missing return statement required return type: Integer',
    'void m() { return 1; }': '2:12 Void method must not return a value',
    'T() { return 1; }': '2:7 Constructors must not return a value',
    '{ return 1; }': '2:3 Return must be called from a method',
    'Account m() { return [SELECT Id FROM Contact]; }': '2:22 Illegal assignment from List<Contact> to Account.',
  });
});

test('shouldCatchExceptions', () => {
  acceptsStatements(
    'try { } catch (DmlException e) { e.getDmlMessage(0); } catch (Exception e) { e.getMessage(); } finally { }',
    "try { throw new DmlException('x'); } catch (System.DmlException e) { throw e; }",
  );
});

test('shouldRefuseOtherCatches', () => {
  refusesStatements({
    'try { } catch (String e) { }': '3:9 Catch block variable must be of type exception: String',
    'try { } catch (Exception e) { } catch (DmlException e) { }':
      '3:33 Exception type already caught: DmlException. The clause for Exception does.',
    'try { } catch (DmlException e) { } catch (DmlException f) { }':
      '3:36 Exception type already caught: DmlException. The clause for DmlException does.',
    "throw 'x';": '3:1 Throw expression must be of type exception: String',
    'throw new Account();': '3:1 Throw expression must be of type exception: Account',
  });
});

test('shouldAssignFinalsOnce', () => {
  refusesMembers({
    'void m() { final Integer i = 1; i = 2; }':
      '2:33 Final members can only be assigned in their declaration, init blocks, or constructors: i',
    'void m(final Integer i) { i++; }':
      '2:27 Final members can only be assigned in their declaration, init blocks, or constructors: i',
    'final Integer f = 1; void m() { f = 2; }':
      '2:33 Final members can only be assigned in their declaration, init blocks, or constructors: f',
    'static final Integer F = 1; static void m() { F++; }':
      '2:47 Final members can only be assigned in their declaration, init blocks, or constructors: F',
  });
});

test('shouldSetFinalsWhereAnObjectBegins', () => {
  acceptsMembers(
    'final Integer a; final Integer b; { a = 1; } T() { b = 2; } static final Integer C; static { C = 1; }',
    'virtual class A { protected final Integer i; } class B extends A { B() { i = 1; } }',
    'void m() { final Integer i; i = 2; }',
  );
});

test('shouldRunAsUsersInTests', () => {
  refusesUnits({
    "@IsTest class T { @IsTest static void m() { System.runAs('x') { } } }":
      "T.cls:1:45 runAs requires a single argument of type 'User' or 'Version'",
    '@IsTest class T { @IsTest static void m() { System.runAs(new Version(1, 0)) { } } }':
      'T.cls:1:45 Unsupported: System.runAs(Version) exists on Salesforce but is not built in local-org.',
  });
});
