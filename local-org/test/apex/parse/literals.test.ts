import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exprOf, shape } from './parsed.ts';

function literal(source: string): unknown {
  return shape(exprOf(source));
}

test('shouldKeepDigitsWhenANumberIsRead', () => {
  assert.deepEqual(literal('2147483648'), { kind: 'literal', type: 'Integer', text: '2147483648' });
  assert.deepEqual(literal('5L'), { kind: 'literal', type: 'Long', text: '5' });
  assert.deepEqual(literal('1.50'), { kind: 'literal', type: 'Decimal', text: '1.50' });
  assert.deepEqual(literal('.5'), { kind: 'literal', type: 'Decimal', text: '.5' });
  assert.deepEqual(literal('1.5d'), { kind: 'literal', type: 'Double', text: '1.5' });
});

test('shouldLowerCaseWhenABooleanOrNullIsRead', () => {
  assert.deepEqual(literal('TRUE'), { kind: 'literal', type: 'Boolean', text: 'true' });
  assert.deepEqual(literal('False'), { kind: 'literal', type: 'Boolean', text: 'false' });
  assert.deepEqual(literal('NULL'), { kind: 'literal', type: 'null', text: 'null' });
});

test('shouldResolveEscapesWhenAStringHasThem', () => {
  assert.deepEqual(literal(String.raw`'\b\t\n\f\r\"\'\\'`), {
    kind: 'literal',
    type: 'String',
    text: '\b\t\n\f\r"\'\\',
  });
  assert.deepEqual(literal(String.raw`'\u0041\u20ac \\u0041 \\n'`), {
    kind: 'literal',
    type: 'String',
    text: 'A€ \\u0041 \\n',
  });
  assert.deepEqual(literal("''"), { kind: 'literal', type: 'String', text: '' });
  assert.deepEqual(literal("'// no /* comment'"), { kind: 'literal', type: 'String', text: '// no /* comment' });
});

test('shouldDropOnlyFirstLineBreakWhenAStringSpansLines', () => {
  assert.deepEqual(literal("'''\n  {\"it's\": ''}\\t\n  x'''"), {
    kind: 'literal',
    type: 'String',
    text: "  {\"it's\": ''}\t\n  x",
  });
});
