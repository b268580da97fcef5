import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseQuery } from '../../src/soql/parser.ts';
import { QueryError } from '../../src/soql/problem.ts';

describe('the syntax of queries', () => {
  const refusal = (text: string): string => {
    try {
      parseQuery(text);
      return 'accepted';
    } catch (error) {
      assert.ok(error instanceof QueryError);
      return `${error.message} at ${error.offset}`;
    }
  };

  const CASES: readonly (readonly [text: string, message: string])[] = [
    ['', "unexpected token: '<EOF>' at 0"],
    ['SELECT', "unexpected token: '<EOF>' at 6"],
    // Sources: beyond-the-cloud-dev/soql-lib, issue 260; octoberswimmer/aer-dist, issue 81
    ['SELECT  FROM A', "unexpected token: 'SELECT  FROM' at 8"],
    ['SELECT a FROM A WHERE b Equals c', "unexpected token: 'b Equals' at 24"],
    ['SELECT a, FROM A', "unexpected token: 'FROM' at 10"],
    ['SELECT a A', "unexpected token: '<EOF>' at 10"],
    ['SELECT a FROM', "unexpected token: '<EOF>' at 13"],
    ['SELECT a FROM 5', "unexpected token: '5' at 14"],
    ['SELECT a FROM A LIMIT', "unexpected token: '<EOF>' at 21"],
    ['SELECT a FROM A LIMIT 1.5', "unexpected token: '1.5' at 22"],
    ['SELECT a FROM A LIMIT x', "unexpected token: 'x' at 22"],
    ['SELECT a FROM A OFFSET -1', "unexpected token: '-1' at 23"],
    ['SELECT a FROM A OFFSET 1 LIMIT 1', "unexpected token: 'LIMIT' at 25"],
    ['SELECT a FROM A ORDER a', "unexpected token: 'ORDER' at 16"],
    ['SELECT a FROM A ORDER BY', "unexpected token: '<EOF>' at 24"],
    ['SELECT a FROM A ORDER BY a NULLS', "unexpected token: '<EOF>' at 32"],
    ['SELECT a FROM A ORDER BY a NULLS MIDDLE', "unexpected token: 'MIDDLE' at 33"],
    ['SELECT a FROM A ORDER BY a ASC DESC', "unexpected token: 'DESC' at 31"],
    ['SELECT a FROM A FOR', "unexpected token: '<EOF>' at 19"],
    ['SELECT a FROM A FOR KEEPS', "unexpected token: 'KEEPS' at 20"],
    ['SELECT a FROM A FOR VIEW FOR REFERENCE', 'accepted'],
    ['SELECT a FROM A ALL', "unexpected token: 'ALL' at 16"],
    ['SELECT a FROM A ALL ROWS', 'accepted'],
    ['SELECT a FROM A WITH', "unexpected token: '<EOF>' at 20"],
    ['SELECT a FROM A WITH NOTHING', "unexpected token: 'NOTHING' at 21"],
    ["SELECT a FROM A WITH 'user_mode'", "unexpected token: 'user_mode' at 21"],
    ['SELECT a FROM A WITH SYSTEM_MODE', 'accepted'],
    ['SELECT a FROM A WITH :user_mode', "unexpected token: 'user_mode' at 21"],
    ['SELECT a FROM A :limit 5', "unexpected token: 'limit' at 16"],
    ['SELECT COUNT(all) FROM A', "unexpected token: 'all' at 13"],
    ['SELECT a FROM A WITH DATA CATEGORY Geo__c AT x__c', 'local-org does not support WITH DATA CATEGORY at 16'],
    ['SELECT a FROM A UPDATE TRACKING', 'local-org does not support UPDATE TRACKING and UPDATE VIEWSTAT at 16'],
    ['SELECT a FROM A UPDATE VIEWSTAT', 'local-org does not support UPDATE TRACKING and UPDATE VIEWSTAT at 16'],
    ['SELECT a FROM A UPDATE', "unexpected token: 'UPDATE' at 16"],
    ['SELECT a FROM A USING mine', "unexpected token: 'mine' at 22"],
    ['SELECT a FROM A, B', 'local-org does not support several objects in FROM: use relationship paths at 15'],
    ['SELECT a FROM A AS x', 'accepted'],
    ['SELECT a FROM A x.y', "unexpected token: 'x.y' at 16"],
    ['SELECT (SELECT a FROM B FROM A', "expecting a right parentheses, found 'FROM' at 24"],
    ['SELECT COUNT( FROM A', "unexpected token: 'FROM' at 14"],
    ['SELECT COUNT(a FROM A', "expecting a right parentheses, found 'FROM' at 15"],
    ['SELECT TYPEOF w END FROM A', "unexpected token: 'END' at 16"],
    ['SELECT TYPEOF w WHEN X a END FROM A', "unexpected token: 'a' at 23"],
    ['SELECT TYPEOF w WHEN X THEN a FROM A', "unexpected token: 'FROM' at 30"],
    ['SELECT TYPEOF w WHEN X THEN a ELSE b END FROM A', 'accepted'],
    ['SELECT TYPEOF w WHEN Group THEN a WHEN Order THEN b END FROM A', 'accepted'],
    ['SELECT a FROM A GROUP a', "unexpected token: 'GROUP' at 16"],
    ['SELECT a FROM A GROUP BY ROLLUP(a', "expecting a right parentheses, found '<EOF>' at 33"],
    ['SELECT a FROM A GROUP BY CUBE()', "unexpected token: ')' at 30"],
    ['SELECT a FROM A WHERE', "unexpected token: '<EOF>' at 21"],
    ['SELECT a FROM A WHERE a', "unexpected token: '<EOF>' at 23"],
    ['SELECT a FROM A WHERE a =', "unexpected token: '<EOF>' at 25"],
    ['SELECT a FROM A WHERE a = )', "unexpected token: ')' at 26"],
    ['SELECT a FROM A WHERE a (', "unexpected token: '<EOF>' at 25"],
    ['SELECT a FROM A WHERE a ! 1', "line 1:24 no viable alternative at character '!' at 24"],
    ['SELECT a FROM A WHERE a NOT 1', "unexpected token: '1' at 28"],
    ['SELECT a FROM A WHERE a IN 1', "expecting a left parentheses, found '1' at 27"],
    ['SELECT a FROM A WHERE a IN ()', "unexpected token: ')' at 28"],
    ['SELECT a FROM A WHERE a IN (1', "expecting a right parentheses, found '<EOF>' at 29"],
    ['SELECT a FROM A WHERE a IN (SELECT b FROM B', "expecting a right parentheses, found '<EOF>' at 43"],
    ['SELECT a FROM A WHERE a INCLUDES (SELECT b FROM B)', "expecting a right parentheses, found 'b' at 41"],
    ['SELECT a FROM A WHERE (a = 1', "expecting a right parentheses, found '<EOF>' at 28"],
    ['SELECT a FROM A WHERE a = 1 AND b = 1 OR c = 1', "unexpected token: 'OR' at 38"],
    ['SELECT a FROM A WHERE a = 1 OR b = 1 AND c = 1', "unexpected token: 'AND' at 37"],
    ['SELECT a FROM A WHERE a = 1 OR (b = 1 AND c = 1)', 'accepted'],
    ['SELECT a FROM A WHERE NOT a = 1 AND b = 1', "unexpected token: 'AND' at 32"],
    ['SELECT a FROM A WHERE NOT a = 1 OR b = 1', "unexpected token: 'OR' at 32"],
    ['SELECT a FROM A WHERE a = 1 AND NOT (b = 1)', "unexpected token: 'NOT' at 32"],
    ['SELECT a FROM A WHERE NOT NOT a = 1', "unexpected token: 'NOT' at 26"],
    ['SELECT a FROM A WHERE NOT a = 1', 'accepted'],
    ['SELECT a FROM A WHERE NOT (a = 1 OR b = 1)', 'accepted'],
    ['SELECT a FROM A WHERE (NOT a = 1) AND (NOT b = 1)', 'accepted'],
    ['SELECT a FROM A WHERE a = LAST_N_DAYS:', "unexpected token: '<EOF>' at 38"],
    ['SELECT a FROM A WHERE a = LAST_N_DAYS:x', "unexpected token: 'x' at 38"],
    ['SELECT a FROM A WHERE a = LAST_N_DAYS:1.5', "unexpected token: '1.5' at 38"],
    ["SELECT a FROM A WHERE a = 'x", "line 1:26 mismatched character '<EOF>' expecting ''' at 26"],
    [
      "SELECT a FROM A WHERE a = '\\z'",
      "Invalid string literal. Illegal character sequence '\\z' in string literal at 26",
    ],
    ["SELECT a FROM A WHERE a = '\\u00g0'", 'Illegal string literal at 26'],
    ['SELECT a FROM A WHERE a = #', "line 1:26 no viable alternative at character '#' at 26"],
  ];
  for (const [text, message] of CASES) {
    it(`should${message === 'accepted' ? 'Accept' : 'Refuse'}: ${text}`, () => assert.equal(refusal(text), message));
  }

  it('shouldReadEscapes', () => {
    const { where } = parseQuery(String.raw`SELECT a FROM A WHERE a = 'q\'\"\\\n\N\r\R\t\T\b\B\f\F\u00e9\%\_'`);
    assert.deepEqual(where?.kind === 'compare' && where.right, {
      kind: 'string',
      value: 'q\'"\\\n\n\r\r\t\t\b\b\f\fé\\%\\_',
      offset: 26,
    });
  });

  it('shouldTellNumbersDaysAndInstantsApart', () => {
    const kinds = ['5', '-5.5', '+1e3', '.5', '2026-05-15', '2026-05-15T10:00:00Z', '2026-05-15T10:00:00.5+02:00'].map(
      (text) => {
        const { where } = parseQuery(`SELECT a FROM A WHERE a = ${text}`);
        return where?.kind === 'compare' ? where.right.kind : null;
      },
    );
    assert.deepEqual(kinds, ['number', 'number', 'number', 'number', 'date', 'datetime', 'datetime']);
  });
});
