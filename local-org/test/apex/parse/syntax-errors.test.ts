import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf } from './parsed.ts';

/** The fault of a method body that starts in line 3, column 1. */
function bodyFault(body: string): string {
  return faultOf(`class A {\n  void m() {\n${body}\n  }\n}\n`);
}

const BODIES: [name: string, body: string, fault: string][] = [
  ['ASemicolonIsMissingAtTheEndOfALine', 'Integer x = 1\nInteger y = 2;', "3:14 Missing ';' after '1'"],
  ['ASemicolonIsMissingBeforeABrace', 'return x', "3:9 Missing ';' after 'x'"],
  ['ASemicolonIsMissingBetweenTwoNames', 'foo\nbar();', "4:1 Missing ';' before 'bar'"],
  ['ASemicolonIsMissingInAFor', 'for (Integer i = 0; i < 3) { }', "3:26 Missing ';' after '3'"],
  ['AParenthesisIsMissing', 'foo(1, 2;', "3:9 Missing ')' to close the '(' at 3:4"],
  ['AParenthesisOfAConditionIsMissing', 'if (a == b { c(); }', "3:11 Missing ')' to close the '(' at 3:4"],
  ['ABracketIsMissing', 'x = a[1;', "3:8 Missing ']' to close the '[' at 3:6"],
  [
    'AStringIsNotClosed',
    "String s = 'abc;\nString t = 'd';",
    "3:12 Unterminated string: add the closing ' on the same line, or write \\n for a line break",
  ],
  ['AMultilineStringIsNotClosed', "String s = '''\nabc", "3:12 Unterminated string: add the closing '''"],
  [
    'AMultilineStringStartsOnItsFirstLine',
    "String s = '''abc''';",
    "3:12 The text of a ''' string starts on a new line: add a line break after the opening '''",
  ],
  [
    'AnEscapeIsUnknown',
    "String s = 'a\\q';",
    '3:14 Invalid escape \\q in a string: allowed are \\b \\t \\n \\f \\r \\\' \\" \\\\ and \\uXXXX',
  ],
  [
    'AnEscapeInALaterLineIsUnknown',
    "String s = '''\n\\n\nab\\qc''';",
    '5:3 Invalid escape \\q in a string: allowed are \\b \\t \\n \\f \\r \\\' \\" \\\\ and \\uXXXX',
  ],
  ['ACommentIsNotClosed', "a();\n/* it's open", '4:1 Unterminated comment: add the closing */'],
  ['AStringIsInDoubleQuotes', 'x = "a";', "3:5 Unexpected character '\"': strings are written in single quotes"],
  ['ACharacterIsUnknown', 'x = a # b;', "3:7 Unexpected character '#'"],
  ['AnIdentifierHasAForeignLetter', 'Integer größe = 1;', "3:11 Unexpected character 'ö'"],
  [
    'AnIdentifierHasADollarSign',
    'Integer a$b = 1;',
    "3:10 Invalid character '$' in the identifier 'a$b': use the letters a to z, digits and underscores",
  ],
  ['AnOperatorIsSplit', 'x = a > > b;', "3:9 Unexpected white space inside an operator: write '>>'"],
  ['AnOperandIsMissing', 'a + ;', "3:5 Unexpected ';': expected an expression"],
  ['AnArgumentIsMissing', 'foo(a, );', "3:8 Unexpected ')': expected an expression"],
  ['ACommaIsMissing', 'foo(a b);', "3:7 Unexpected 'b': expected ',' or ')'"],
  ['TheElseOfATernaryIsMissing', 'x = a ? b;', "3:10 Unexpected ';': expected ':'"],
  [
    'AReservedWordIsANewName',
    'Integer class = 1;',
    "3:9 'class' is a reserved word and can't be a name: choose another",
  ],
  ['AnElseStandsAlone', 'else { }', "3:1 Unexpected 'else': there is no 'if' before it"],
  ['ACatchStandsAlone', 'catch (Exception e) { }', "3:1 Unexpected 'catch': there is no 'try' before it"],
  ['ATryHasNeitherCatchNorFinally', 'try { a(); }', "4:3 Unexpected '}': expected 'catch' or 'finally'"],
  ['ALocalVariableIsPublic', 'public Integer x;', "3:1 'public' is not allowed on a local variable: remove it"],
  [
    'TheVariableOfAForIsFinal',
    'for (final Integer i = 0; i < 2; i++) { }',
    "3:6 'final' is not allowed on the variable of a for: remove it",
  ],
  ['ALocalVariableIsAnnotated', '@Foo Integer x;', "3:1 '@Foo' is not allowed on a local variable: remove it"],
  [
    'ALoopUsesIn',
    'for (Foo f in foos) { }',
    "3:12 Unexpected 'in': write ':' between the variable and the collection of a loop",
  ],
  ['ASwitchIsEmpty', 'switch on x { }', "3:15 Unexpected '}': expected 'when'"],
  ['ASwitchHasACase', 'switch on x { case 1: a(); }', "3:15 Unexpected 'case': expected 'when'"],
  [
    'AWhenFollowsElse',
    'switch on x { when else { } when 1 { } }',
    "3:29 Unexpected 'when' after 'when else', which must be the last",
  ],
  ['NewHasNoArguments', 'x = new Foo;', "3:12 Unexpected ';': expected '(', '{' or '['"],
  [
    'NewHasElementsButIsNoCollection',
    'x = new Foo{ a };',
    "3:9 Only a List, Set or Map takes elements in braces: write 'new Foo(…)'",
  ],
  [
    'AnArrayHasNeitherSizeNorElements',
    'x = new Foo[];',
    "3:12 An array needs a size or elements: write 'new T[5]' or 'new T[]{…}'",
  ],
  ['AListIsWrittenInBracesOnly', 'x = {1};', "3:5 Unexpected '{': a list is written 'new List<Type>{ … }'"],
  [
    'AMapIsWrittenWithColons',
    'x = new Map<A, B>{ a : b };',
    "3:22 Unexpected ':': the pairs of a map are written 'key => value'",
  ],
  ['DmlHasNoOperand', 'insert;', "3:7 Unexpected ';': expected an expression"],
  [
    'AQueryComparesWithTwoEqualsSigns',
    "x = [SELECT Id FROM Lead WHERE Name == 'x'];",
    "3:37 Unexpected '==': expected a comparison: =, !=, <, >, <=, >=, LIKE, IN, NOT IN, INCLUDES or EXCLUDES",
  ],
  [
    'AQueryLimitsByAVariableWithoutColon',
    'x = [SELECT Id FROM Lead LIMIT n];',
    "3:32 Unexpected 'n': expected a number, or ':' and a variable",
  ],
  [
    'AQueryMixesAndWithOr',
    'x = [SELECT Id FROM Lead WHERE a = 1 AND b = 2 OR c = 3];',
    '3:48 AND and OR are mixed: put the conditions that belong together in parentheses',
  ],
];

for (const [name, body, fault] of BODIES) {
  test(`shouldSayWhatIsWrongWhen${name}`, () => {
    assert.equal(bodyFault(body), fault);
  });
}

const FILES: [name: string, source: string, fault: string][] = [
  [
    'TheFileIsEmpty',
    '// nothing\n',
    "2:1 Unexpected end of file: expected a class, an interface or an enum, as in 'public class Name {'",
  ],
  [
    'ClassIsMisspelt',
    'public clas A { }',
    "1:8 Unexpected 'clas': expected a class, an interface or an enum, as in 'public class Name {'",
  ],
  ['AClassHasNoName', 'class { }', "1:7 Unexpected '{': expected a name"],
  ['TheParentIsMissing', 'class A extends { }', "1:17 Unexpected '{': expected a type"],
  [
    'ABraceOfAMethodIsMissing',
    'class A {\n  void m() {\n    if (a) {\n      b();\n  }\n  void n() {\n  }\n}\n',
    "6:3 Unexpected start of a method inside a method: add the missing '}' before it (look at the '{' at 3:12)",
  ],
  [
    'ABraceOfAMethodWithATypeIsMissing',
    'class A {\n  void m() {\n    b();\n\n  public static Integer n() {\n  }\n}\n',
    "5:3 Unexpected start of a method inside a method: add the missing '}' before it (look at the '{' at 2:12)",
  ],
  [
    'ABraceBeforeAnInnerClassIsMissing',
    'class A {\n  void m() {\n    b();\n\n  class B {\n  }\n}\n',
    "5:3 Unexpected start of the class inside a method: add the missing '}' before it (look at the '{' at 2:12)",
  ],
  [
    'TheLastBraceIsMissing',
    'class A {\n  void m() {\n    if (a) {\n      b();\n  }\n}\n',
    "3:12 Missing '}': this '{' is never closed. Add the '}'",
  ],
  [
    'ABraceIsTooMany',
    'class A {\n}\n}\n',
    "3:1 Unexpected '}', which closes nothing: remove it, or add the opening bracket before it",
  ],
  [
    'AMemberFollowsTheEnd',
    'class A {\n  void m() {\n  }}\n  void n() { }\n}\n',
    "4:3 Unexpected 'void' after the end of the type, which the '}' at 3:4 closes: remove a '}' before it, or what follows it",
  ],
  [
    'AMethodHasNoReturnType',
    'class A { public foo() { } }',
    "1:18 Invalid constructor name 'foo': a method needs a return type before its name, and a constructor is named 'A' like its class",
  ],
  ['AFieldHasNoName', 'class A { Integer; }', "1:18 Unexpected ';': expected a name"],
  ['AParameterHasNoName', 'class A { void m(Integer) { } }', "1:25 Unexpected ')': expected a name"],
  [
    'AParameterIsStatic',
    'class A { void m(static B b) { } }',
    "1:18 'static' is not allowed on a parameter: remove it",
  ],
  ['AParameterLacksAComma', 'class A { void m(B a B b) { } }', "1:22 Unexpected 'B': expected ',' or ')'"],
  ['APropertyHasTwoGetters', 'class A { B p { get; get; } }', "1:22 The property 'p' has a second getter: remove one"],
  [
    'APropertyHasAnUnknownAccessor',
    'class A { B p { fetch; } }',
    "1:17 Unexpected 'fetch': expected 'get', 'set' or '}'",
  ],
];

for (const [name, source, fault] of FILES) {
  test(`shouldSayWhatIsWrongWhen${name}`, () => {
    assert.equal(faultOf(source), fault);
  });
}

test('shouldSayWhatIsWrongWhenATriggerIsFaulty', () => {
  assert.equal(faultOf('trigger T on Lead (before insert) { a() }', 'trigger-file'), "1:40 Missing ';' after ')'");
  assert.equal(
    faultOf('trigger T on Lead (before inserted) { }', 'trigger-file'),
    "1:27 Unexpected 'inserted': expected 'delete', 'insert', 'undelete' or 'update'",
  );
  assert.equal(faultOf('class T { }', 'trigger-file'), "1:1 Unexpected 'class': expected 'trigger'");
});

test('shouldSayWhatIsWrongWhenAScriptIsFaulty', () => {
  assert.equal(faultOf('a()', 'anonymous'), "1:4 Missing ';' after ')'");
  assert.equal(faultOf('void m() { ', 'anonymous'), "1:10 Missing '}': this '{' is never closed. Add the '}'");
});
