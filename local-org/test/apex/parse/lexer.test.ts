import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApexErrorListener, ApexLexer, ApexParserFactory } from '@apexdevtools/apex-parser';
import { lex } from '../../../src/apex/parse/lexer.ts';

interface Read {
  type: number;
  text: string;
  line: number;
  column: number;
}

class Refusal extends ApexErrorListener {
  override apexSyntaxError(): never {
    throw new Error('refused');
  }
}

/** What the grammar's own lexer reads; null where it refuses the text. */
function byGrammar(source: string): Read[] | null {
  const lexer = ApexParserFactory.createLexer(source);
  lexer.addErrorListener(new Refusal());
  const read: Read[] = [];
  try {
    for (;;) {
      const { channel, type, text, line, column } = lexer.nextToken();
      if (channel === 0) read.push({ type, text, line, column });
      if (type === ApexLexer.EOF) return read;
    }
  } catch {
    return null;
  }
}

function byOurs(source: string): Read[] | null {
  try {
    return lex(source).map(({ type, text, line, column }) => ({ type, text, line, column }));
  } catch {
    return null;
  }
}

test('shouldReadEveryWordAndSignOfTheGrammar', () => {
  const words = ApexLexer.literalNames.flatMap((literal) => (literal ? [literal.slice(1, -1)] : []));
  assert.ok(words.length > 200);
  for (const source of [words.join(' '), words.join('\n').toUpperCase(), words.join('x '), words.join('(')]) {
    assert.deepEqual(byOurs(source), byGrammar(source));
  }
});

test('shouldReadWhatBeginsAlikeAsTheLongest', () => {
  const sources = [
    '1 1L 1l 1.5 .5 1.5d .5D 1. a.1 1..2 12L3 1e5 0x1F',
    '2026-11-29 2026-11-29T10:15:30Z 2026-11-29t10:15:30.123+01:00 10:15:30z 10:15:30-0530 10:15:30 2026-1-1 2026-11-29T10',
    'usd500 USD5a us5 usdd5 System.runAs(u) system.RUNASUSER System.debug(a) my.System.runAs',
    "[find 'a\\'b' RETURNING Lead] [ FIND\n'x'] [FIND {a b\\}c} IN ALL FIELDS] [find :a] [findx] [FIND{a}]",
    "'' 'a' 'a\\n\\u00e4' '''\n a 'b' '' c\\\\ ''' ''''",
    'a>>>=b>>=c<<=d>>>e>>f<<g===h!==i<>j=>k?.l??m?n:o&&p||q^=r',
    '/* a */ b // c\r\n /** d\n e */ f /* g **/ h / * i',
    '$a _b ä \u00fcber \u0416x 𝒳y a\u{1d4b3}',
  ];
  for (const source of sources) assert.deepEqual(byOurs(source), byGrammar(source), source);
});

/** Strings over two lines and comments that are not closed are refused here at once; that lexer lets them pass as something else. */
function hasNoEnd(read: readonly Read[]): boolean {
  return read.some(({ text, line, column }, index) => {
    const next = read[index + 1];
    const isComment = text === '/' && next?.text.startsWith('*') === true && next.column === column + 1;
    return (isComment && next.line === line) || (text.startsWith("'") && text.includes('\n'));
  });
}

test('shouldReadAnyMixtureAsTheGrammarDoes', () => {
  const signs = `a B1 usd5 system .runAs System. [ find FIND ' \\' \\ " ''' { } 1 23 2026 - : 10 : 15 . .5 L d t z + = > < ! ? & | ^ ~ @ / * // /* */ \t # ; , ( ) é Ж`;
  const pieces = [...signs.split(' '), '\n', '\r\n'];
  let state = 20261129;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let read = 0;
  for (let round = 0; round < 3000; round++) {
    const parts = Array.from(
      { length: 1 + random(12) },
      () => `${pieces[random(pieces.length)]}${random(3) ? '' : ' '}`,
    );
    const source = parts.join('');
    if (/\/\*\*\//.test(source)) continue;
    const expected = byGrammar(source);
    const actual = byOurs(source);
    if (actual === null && expected !== null && hasNoEnd(expected)) continue;
    assert.deepEqual(actual, expected, JSON.stringify(source));
    if (expected !== null) read++;
  }
  assert.ok(read > 1000, `only ${read} of the texts can be read`);
});

test('shouldReadTwoStarsBetweenSlashesAsAWholeComment', () => {
  assert.deepEqual(
    lex('a /**/ b /* c */ d').map(({ text }) => text),
    ['a', 'b', 'd', '<EOF>'],
  );
});
