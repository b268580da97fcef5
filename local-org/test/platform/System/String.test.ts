import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, failure, run } from '../harness.ts';

// Examples of the Apex Reference, String Class, and its documented edge cases.

check('shouldAbbreviateWithDots', {
  "'Hello Maximillian'.abbreviate(8)": 'Hello...',
  "'Hello Maximillian'.abbreviate(9, 6)": '...Max...',
  "'short'.abbreviate(8)": 'short',
});

test('shouldRefuseAbbreviationsThatHaveNoRoomForDots', () => {
  assert.equal(
    failure("'Hello Maximillian'.abbreviate(3)"),
    'System.IllegalArgumentException: Minimum abbreviation width is 4',
  );
});

check('shouldChangeCase', {
  "'hello maximillian'.capitalize()": 'Hello maximillian',
  "'Hello Maximillian'.uncapitalize()": 'hello Maximillian',
  "'Force.com'.swapCase()": 'fORCE.COM',
  "'ThIs iS hArD tO rEaD'.toLowerCase()": 'this is hard to read',
  "'KIYMETLİ'.toLowerCase('tr')": 'kıymetli',
  "'imkansız'.toUpperCase('tr')": 'İMKANSIZ',
});

check('shouldPad', {
  "'hello'.center(9)": '  hello  ',
  "'hello'.center(9, '-')": '--hello--',
  "'ab'.leftPad(5)": '   ab',
  "'ab'.leftPad(5, 'xy')": 'xyxab',
  "'ab'.rightPad(5, 'xy')": 'abxyx',
  "'ab'.leftPad(1)": 'ab',
  "'ab'.leftPad(4, '')": '  ab',
});

check('shouldSearch', {
  "'hello'.contains('ell')": 'true',
  "'hello'.contains('ELL')": 'false',
  "'hello'.containsIgnoreCase('ELL')": 'true',
  "'hello'.containsAny('xyzh')": 'true',
  "'abcde'.containsNone('fg')": 'true',
  "'abba'.containsOnly('abcd')": 'true',
  "'Hello Jane'.containsWhitespace()": 'true',
  "'Hello Jane'.countMatches('e')": '2',
  "'abcde'.indexOf('cd')": '2',
  "'abcdeabcde'.indexOf('ab', 1)": '5',
  "'abcd'.indexOfAny('xc')": '2',
  "'xyzxab'.indexOfAnyBut('xyz')": '4',
  "'abcde'.indexOfDifference('abxyz')": '2',
  "'same'.indexOfDifference('same')": '-1',
  "'abcdefg'.indexOfIgnoreCase('DE')": '3',
  "'abcdeabcde'.lastIndexOf('ab')": '5',
  "'abcdeabcde'.lastIndexOf('ab', 4)": '0',
  "'abcdeabcde'.lastIndexOf('ab', -1)": '-1',
  "'\\u4F60\\u597D'.indexOfChar(22909)": '1',
  "'Hello'.endsWithIgnoreCase('LLO')": 'true',
  "'Hello'.startsWithIgnoreCase('hE')": 'true',
  "'Hello'.startsWith('he')": 'false',
});

check('shouldTakeParts', {
  "'hamburger'.substring(4)": 'urger',
  "'hamburger'.substring(4, 8)": 'urge',
  "'hamburger'.substring(9)": '',
  "'Salesforce.com.lightning'.substringAfter('.')": 'com.lightning',
  "'Salesforce.com.lightning'.substringAfterLast('.')": 'lightning',
  "'Salesforce.com.lightning'.substringBefore('.')": 'Salesforce',
  "'Salesforce.com.lightning'.substringBeforeLast('.')": 'Salesforce.com',
  "'none'.substringAfter('.')": '',
  "'none'.substringBefore('.')": 'none',
  "'xYellowy'.substringBetween('x', 'y')": 'Yellow',
  "'tagYellowtag'.substringBetween('tag')": 'Yellow',
  "'none'.substringBetween('(', ')')": 'null',
  "'abcdaacd'.left(2)": 'ab',
  "'abcdaacd'.left(-1)": '',
  "'Hello Max'.right(3)": 'Max',
  "'Hello Max'.right(0)": '',
  "'abcde'.mid(2, 3)": 'cde',
  "'abcde'.mid(-2, 3)": 'abc',
  "'abcde'.mid(2, 0)": '',
});

test('shouldThrowWhenASubstringIsOutOfBounds', () => {
  assert.equal(failure("'abc'.substring(4)"), 'System.StringException: Starting position out of bounds: 4');
  assert.equal(failure("'abc'.substring(-1)"), 'System.StringException: Starting position out of bounds: -1');
  assert.equal(failure("'abc'.substring(0, 4)"), 'System.StringException: Ending position out of bounds: 4');
  assert.equal(failure("'abc'.substring(2, 1)"), 'System.StringException: Ending position out of bounds: 1');
});

check('shouldRemoveAndReplace', {
  "'Salesforce and force.com'.remove('force')": 'Sales and .com',
  "'Salesforce and force.com'.removeEnd('.com')": 'Salesforce and force',
  "'Salesforce and force.com'.removeEndIgnoreCase('.COM')": 'Salesforce and force',
  "'Salesforce and force.com'.removeStart('Sales')": 'force and force.com',
  "'Salesforce and force.com'.removeStartIgnoreCase('SALES')": 'force and force.com',
  "'abcdbca'.replace('bc', 'xy')": 'axydxya',
  "'a.b'.replace('.', '$1')": 'a$1b',
  "'a b c xyz'.replaceAll('[a-zA-Z]', '1')": '1 1 1 111',
  "'a b c xyz'.replaceFirst('[a-zA-Z]{2}', '2')": 'a b c 2z',
  "'John Smith'.replaceAll('(\\\\w+) (\\\\w+)', '$2, $1')": 'Smith, John',
  "'SFDC'.repeat(2)": 'SFDCSFDC',
  "'SFDC'.repeat('-', 2)": 'SFDC-SFDC',
  "'abcde'.reverse()": 'edcba',
  "'Salesforce Lightning'.overlay('X', 0, 10)": 'X Lightning',
  "'  a \\t b  '.normalizeSpace()": 'a b',
  "'  a \\t b  '.trim()": 'a \t b',
  "' a b '.deleteWhitespace()": 'ab',
  "'hello <b>world</b>'.stripHtmlTags()": 'hello world',
  "'Hello Jane'.difference('Hello Max')": 'Max',
});

test('shouldThrowLimitExceptionWhenARepeatIsTooLong', () => {
  assert.equal(failure("'abcdef'.repeat(1000001)"), 'System.LimitException: String is too long.');
});

check('shouldSplitAsJavaDoes', {
  "'boo:and:moo'.split(':', 2)": '(boo, and:moo)',
  "'boo:and:moo'.split(':', 5)": '(boo, and, moo)',
  "'boo:and:moo'.split(':', -2)": '(boo, and, moo)',
  "'boo:and:moo'.split('o', 5)": '(b, , :and:m, , )',
  "'boo:and:moo'.split('o', -2)": '(b, , :and:m, , )',
  "'boo:and:moo'.split('o', 0)": '(b, , :and:m)',
  "'boo:and:moo'.split('o')": '(b, , :and:m)',
  "'a\\\\b'.split('\\\\\\\\')": '(a, b)',
  "'abc'.split('')": '(a, b, c)',
  "'a,b;c'.split('[,;]')": '(a, b, c)',
  "'none'.split(',')": '(none)',
  "''.split(',').size()": '1',
  "',,'.split(',').size()": '0',
  "'Force.com platform'.splitByCharacterType()": '(F, orce, ., com,  , platform)',
  "'Force.com platform'.splitByCharacterTypeCamelCase()": '(Force, ., com,  , platform)',
  "'fooBARbaz12'.splitByCharacterTypeCamelCase()": '(foo, BA, Rbaz, 12)',
});

check('shouldTellWhatCharactersAre', {
  "'abc'.isAllLowerCase()": 'true',
  "'abC'.isAllLowerCase()": 'false',
  "'ABC'.isAllUpperCase()": 'true',
  "''.isAllUpperCase()": 'false',
  "'abc4'.isAlpha()": 'false',
  "'aA Bb'.isAlphaSpace()": 'true',
  "'abc021'.isAlphanumeric()": 'true',
  "'AE86 x'.isAlphanumericSpace()": 'true',
  "'abcd1 !'.isAsciiPrintable()": 'true',
  "'grüße'.isAsciiPrintable()": 'false',
  "'1234567890'.isNumeric()": 'true',
  "'1.2'.isNumeric()": 'false',
  "'1 2 3'.isNumericSpace()": 'true',
  "''.isNumeric()": 'false',
  "' \\n'.isWhitespace()": 'true',
  "String.isBlank('  ')": 'true',
  'String.isBlank(null)': 'true',
  "String.isNotBlank(' a')": 'true',
  "String.isEmpty('')": 'true',
  "String.isNotEmpty(' ')": 'true',
});

check('shouldEscapeAndUnescape', {
  '\'Max1, "Max2"\'.escapeCsv()': '"Max1, ""Max2"""',
  "'plain'.escapeCsv()": 'plain',
  '\'"Max1, ""Max2"""\'.unescapeCsv()': 'Max1, "Max2"',
  '\'"grade": 3.9/4.0\'.escapeEcmaScript()': '\\"grade\\": 3.9\\/4.0',
  '\'\\\\"3.8\\\\"\'.unescapeEcmaScript()': '"3.8"',
  '\'"<Black&White>"\'.escapeHtml3()': '&quot;&lt;Black&amp;White&gt;&quot;',
  "'é €'.escapeHtml3()": '&eacute; €',
  "'é €'.escapeHtml4()": '&eacute; &euro;',
  "'&quot;&lt;&euro;&#65;&unknown;'.unescapeHtml4()": '"<€A&unknown;',
  '\'Company: "Salesforce.com"\'.escapeJava()': 'Company: \\"Salesforce.com\\"',
  "'De onde você é?'.escapeUnicode()": 'De onde voc\\u00EA \\u00E9?',
  "'voc\\\\u00EA'.unescapeUnicode()": 'você',
  "'<a href=\"x\">\\''.escapeXml()": '&lt;a href=&quot;x&quot;&gt;&apos;',
  "'&lt;&apos;&eacute;'.unescapeXml()": "<'&eacute;",
  "String.escapeSingleQuotes('It\\'s')": "It\\'s",
  "String.escapeSingleQuotes('a\\\\b')": 'a\\\\b',
});

check('shouldCompare', {
  "'abcde'.compareTo('abcd')": '1',
  "'a'.compareTo('b')": '-1',
  "'abcd'.equals('abcd')": 'true',
  "'abcd'.equals('Abcd')": 'false',
  "'abcd'.equals(1)": 'false',
  "'abcd'.equalsIgnoreCase('ABCD')": 'true',
  "'abcd'.equalsIgnoreCase(null)": 'false',
  "'Hello Joe'.getLevenshteinDistance('Hello Max')": '3',
  "'Hello Jane'.getLevenshteinDistance('Hello Max', 2)": '-1',
  "'Hello Jane'.getLevenshteinDistance('Hello Joe', 3)": '2',
  "'hello'.hashCode()": '99162322',
});

check('shouldCountCodePoints', {
  "'\\uD835\\uDD0Aa'.codePointAt(0)": '120074',
  "'\\uD835\\uDD0Aa'.codePointBefore(2)": '120074',
  "'\\uD835\\uDD0Aa'.codePointCount(0, 3)": '2',
  "'A \\uD835\\uDD0A BC'.offsetByCodePoints(0, 3)": '4',
  "'Ω is Ohm'.charAt(0)": '937',
  "'ab'.getChars()": '(97, 98)',
  'String.fromCharArray(new List<Integer>{ 74, 111 })': 'Jo',
});

check('shouldFormatAsMessageFormat', {
  "String.format('Hello {0}, shall we {1}?', new List<String>{ 'David', 'play a game' })":
    'Hello David, shall we play a game?',
  "String.format('{1} {0} {2}', new List<Object>{ 1000, 2.50 })": '2.50 1000 {2}',
  "String.format('It\\'\\'s {0} and \\'{0}\\'', new List<Object>{ 'x' })": "It's x and {0}",
});

test('shouldRefuseNumberStylesOfMessageFormatSinceArgumentsAreText', () => {
  assert.equal(
    failure("String.format('{0,number}', new List<Object>{ 1 })"),
    'System.StringException: Cannot format given Object as a Number',
  );
});

check('shouldJoinAnythingIterable', {
  "String.join(new List<Integer>{ 10, 20, 30 }, '/')": '10/20/30',
  "String.join(new Set<String>{ 'a', 'b' }, ', ')": 'a, b',
  "String.getCommonPrefix(new List<String>{ 'SFDCApex', 'SFDCVisualforce' })": 'SFDC',
});

check('shouldConvertToText', {
  'String.valueOf(Date.newInstance(2008, 7, 4))': '2008-07-04',
  'String.valueOf(Datetime.newInstanceGmt(2024, 1, 15, 12, 0, 0))': '2024-01-15 04:00:00',
  'String.valueOfGmt(Datetime.newInstanceGmt(2024, 1, 15, 12, 0, 0))': '2024-01-15 12:00:00',
  'String.valueOf(3.14)': '3.14',
  'String.valueOf(12345678.9d)': '1.23456789E7',
  'String.valueOf(100L)': '100',
  'String.valueOf((Object) true)': 'true',
  'String.valueOf((Integer) null)': 'null',
  'String.valueOf(new List<Integer>{ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 })': '(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ...)',
});

test('shouldThrowNullPointerExceptionWhenAnArgumentIsNull', () => {
  assert.equal(failure("'abc'.contains(null)"), 'System.NullPointerException: Argument cannot be null.');
  assert.equal(failure("'abc'.split(null)"), 'System.NullPointerException: Argument cannot be null.');
});

test('shouldShowTheSameObjectOnce', () => {
  assert.deepEqual(run('List<Object> a = new List<Object>(); a.add(a); System.debug(a);'), ['((already output))']);
});

test('shouldFormatWithoutArguments', () => {
  assert.deepEqual(run("System.debug(String.format('a {0}', null));"), ['a {0}']);
});
