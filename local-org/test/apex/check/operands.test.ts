import { describe, it } from 'node:test';
import { acceptsStatements, refusesStatements } from './harness.ts';

describe('operands and their types', () => {
  it('shouldFit', () =>
    acceptsStatements(
      'Boolean b = null == null;',
      'Boolean b = 1 == null;',
      "Boolean b = null === 'a';",
      'Object o = 1; Boolean b = o === 1;',
      'Account a; SObject s; Boolean b = a == s; b = s == a;',
      'Account a; Name n; Boolean b = a == n;',
      'Iterator<String> i; String s; Boolean b = i == s;',
      'List<Account> a; List<SObject> s; Boolean b = a == s; b = s == a;',
      'Map<Id, Account> a; Map<Id, SObject> s; Boolean b = a == s;',
      'Map<Id, Account> a; Map<String, Account> s; Boolean b = a == s;',
      'Integer i = ~1; Long l = ~1L;',
      'Integer i = -1; Long l = -1L; Double d = -1.0; Decimal e = -d;',
      "Integer i = +1; String s = +'a';",
      'Boolean b = true & false; b = true | false; b = true ^ false;',
      'Integer i = 1 & 2; Long l = 1L | 2;',
      'Datetime d = System.now() + 1.5; d = System.now() - 1;',
      "Object o = true ? null : 'a'; Object p = true ? 'a' : null;",
      'Object o = true ? null : null;',
      'Integer i = true ? 1 : null;',
      'Account a; Contact c; SObject o = true ? a : c;',
      'Exception e = true ? new NullPointerException() : new DmlException();',
      'Long l = true ? 1 : 2L; l = true ? 2L : 1;',
      'Decimal d = true ? 1 : 2.5;',
      "String s = true ? 'a' : (Id) 'b';",
    ));

  it('shouldBeRefusedUnlessTheyFit', () =>
    refusesStatements({
      'Boolean b = 1 === 2;': '3:13 Exact equality operator only allowed for reference types: Integer',
      "Boolean b = 'a' === 'b';": '3:13 Exact equality operator only allowed for reference types: String',
      "Boolean b = 1 == 'a';": '3:13 Comparison arguments must be compatible types: Integer, String',
      'Account a; Contact c; Boolean b = a == c;':
        '3:35 Comparison arguments must be compatible types: Account, Contact',
      'List<Account> a; List<Contact> s; Boolean b = a == s;':
        '3:47 Comparison arguments must be compatible types: List<Account>, List<Contact>',
      'List<Account> a; Set<Account> s; Boolean b = a == s;':
        '3:46 Comparison arguments must be compatible types: List<Account>, Set<Account>',
      'Map<Id, Account> a; Map<Integer, Contact> s; Boolean b = a == s;':
        '3:58 Comparison arguments must be compatible types: Map<Id, Account>, Map<Integer, Contact>',
      'Integer i = ~1.0;': '3:13 Invalid type for bitwise negate: Decimal',
      "Integer i = ~'a';": '3:13 Invalid type for bitwise negate: String',
      'Boolean b = ~true;': '3:13 Invalid type for bitwise negate: Boolean',
      "Integer i = -'a';": '3:13 Unary negation must use a numeric argument. This is String.',
      'Boolean b = true & 1;':
        '3:13 & operator can only be applied to Boolean expressions or to Integer or Long expressions. These are Boolean and Integer.',
      'Boolean b = 1 & true;':
        '3:13 & operator can only be applied to Boolean expressions or to Integer or Long expressions. These are Integer and Boolean.',
      'Integer i = true | 1;':
        '3:13 | operator can only be applied to Boolean expressions or to Integer or Long expressions. These are Boolean and Integer.',
      "Boolean b = true ^ 'a';":
        '3:13 ^ operator can only be applied to Boolean expressions or to Integer or Long expressions. These are Boolean and String.',
      'Integer i = 1.0 & 2;':
        '3:13 & operator can only be applied to Boolean expressions or to Integer or Long expressions. These are Decimal and Integer.',
      "Integer i = 1 << 'a';":
        '3:13 << operation can only be applied to Integer or Long types. These are Integer and String.',
      "Integer i = 'a' << 1;":
        '3:13 << operation can only be applied to Integer or Long types. These are String and Integer.',
      "Boolean b = 'a' >= 1;": '3:13 Comparison arguments must be compatible types: String, Integer',
      'Date d = Date.today() + 1; d = Date.today() - null;': '3:32 Date expressions must use Integer or Long',
      'Date d = Date.today() + null;': '3:10 Date expressions must use Integer or Long',
      "Date d = Date.today() + 'a';": '3:10 Illegal assignment from String to Date. Use Date.valueOf(…).',
      'Date d = Date.today() + 1.5;': '3:10 Date expressions must use Integer or Long',
      "Boolean b = System.debug('a') == 1;": '3:13 Comparison arguments must be compatible types: void, Integer',
      "Boolean b = 1 == System.debug('a');": '3:13 Comparison arguments must be compatible types: Integer, void',
      "String s = 'a' + System.debug('b');": '3:12 Arithmetic expressions are not allowed on void types',
      "String s = System.debug('b') + 'a';": '3:12 Arithmetic expressions are not allowed on void types',
      "Integer i = 1 - System.debug('b');":
        '3:13 Arithmetic expressions must use numeric arguments. These are Integer and void.',
      'Boolean b = 1 && true;': '3:13 Logical operator can only be applied to Boolean. This is Integer.',
      'Boolean b = true && 1;': '3:21 Logical operator can only be applied to Boolean. This is Integer.',
      'Boolean b = !1;': '3:14 ! operator can only be applied to boolean expressions',
      "Integer i = true ? 1 : 'a';": '3:13 Incompatible types in ternary operator: Integer, String',
      "Object o = true ? 1 : 'a';": '3:12 Incompatible types in ternary operator: Integer, String',
      "Account a; Object o = true ? a : 'x';": '3:23 Incompatible types in ternary operator: Account, String',
      'List<Account> a; Object o = true ? a : new List<Contact>();':
        '3:29 Incompatible types in ternary operator: List<Account>, List<Contact>',
    }));
});
