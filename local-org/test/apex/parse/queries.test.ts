import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exprOf, grouped, statementOf } from './parsed.ts';

function query(source: string): { text: string; binds: string[] } {
  const expr = exprOf(source);
  assert.ok(expr.kind === 'soql' || expr.kind === 'sosl');
  return { text: expr.text, binds: expr.binds.map(grouped) };
}

test('shouldNumberBindsFromZeroWhenTheyStandInAnyClause', () => {
  const { text, binds } = query(
    '[SELECT Id, (SELECT Id FROM Contacts WHERE Name = :a.b LIMIT :c) FROM Account WHERE (Id IN :d AND Name LIKE :e[0]) ' +
      "AND X__c = :f.g(h) + 1 AND DISTANCE(L__c, GEOLOCATION(:i, :j), 'mi') < :k LIMIT :l OFFSET :m]",
  );
  assert.deepEqual(binds, ['a.b', 'c', 'd', 'e[0]', '(f.g(h) + 1)', 'i', 'j', 'k', 'l', 'm']);
  for (let index = 0; index < binds.length; index++) assert.ok(text.includes(`:$${index}`), `:$${index}`);
  assert.ok(text.startsWith('SELECT Id, (SELECT Id FROM Contacts WHERE Name = :$0  LIMIT :$1) FROM'), text);
});

test('shouldKeepLinesAndOffsetsWhenCommentsAndLongBindsAreReplaced', () => {
  const source = `[
    SELECT Id // the key
    FROM /* from
      here */ Account
    WHERE Name = :someVery.long(
      name
    ) AND X = 1
  ]`;
  const { text } = query(source);
  assert.equal(
    text,
    source
      .slice(1, -1)
      .replace('// the key', '          ')
      .replace('/* from', '       ')
      .replace('here */', '       ')
      .replace(':someVery.long(', ':$0            ')
      .replace('name', '    ')
      .replace(') AND', '  AND'),
  );
  assert.equal(text.length, source.length - 2);
});

test('shouldKeepLineBreakWhenItFollowsTheColonOfABind', () => {
  const { text } = query('[SELECT Id FROM Lead WHERE Id = :\nx\nLIMIT 1]');
  assert.equal(text.split('\n').length, 3);
  assert.match(text, /:\$0\s+LIMIT 1$/);
});

test('shouldReadBindInParenthesesWhenAWordOfTheQueryFollows', () => {
  assert.deepEqual(
    query('[SELECT Id FROM Lead WHERE Id IN :(ids) AND Name = :(n) ORDER BY Name LIMIT :(a) OFFSET 1]').binds,
    ['ids', 'n', 'a'],
  );
});

test('shouldReadQueryWhenItUsesEveryClause', () => {
  for (const text of [
    'SELECT COUNT() FROM Lead',
    'SELECT Status s, COUNT(Id) n FROM Lead WHERE CreatedDate = LAST_N_DAYS:30 GROUP BY Status HAVING COUNT(Id) > 1',
    'SELECT Id FROM Lead WHERE NOT Name = null',
    "SELECT Id FROM Lead WHERE a = 1 OR b IN ('x', 'y') OR (c = true AND d != 2024-01-01)",
    'SELECT Id FROM Lead WHERE Id NOT IN (SELECT LeadId FROM CampaignMember) WITH USER_MODE',
    'SELECT Id FROM Lead WITH SECURITY_ENFORCED ORDER BY Name DESC NULLS LAST, Id ASC LIMIT 5 OFFSET 2 ALL ROWS',
    'SELECT FIELDS(ALL) FROM Lead LIMIT 200 FOR UPDATE',
    'SELECT TYPEOF What WHEN Account THEN Phone, Name WHEN Lead THEN Id ELSE Id END FROM Event',
    "SELECT toLabel(Status), FORMAT(Amount) FROM Lead USING SCOPE mine WHERE m__c INCLUDES ('a;b', 'c')",
    'SELECT Id, Owner.Profile.Name FROM Lead l, l.Owner o WHERE CALENDAR_YEAR(CreatedDate) = 2024 FOR VIEW',
    'SELECT Id FROM Lead WHERE Amount > USD5000 AND t = 2024-01-01T10:00:00Z',
  ]) {
    assert.equal(query(`[${text}]`).text, text);
  }
});

test('shouldReadSearchWhenItsTermIsTextOrBound', () => {
  const fixed = query(
    "[FIND 'a* OR b' IN NAME FIELDS RETURNING Account(Id, Name WHERE Name = :n LIMIT 5), Lead LIMIT 9]",
  );
  assert.equal(
    fixed.text,
    "FIND 'a* OR b' IN NAME FIELDS RETURNING Account(Id, Name WHERE Name = :$0 LIMIT 5), Lead LIMIT 9",
  );
  assert.deepEqual(fixed.binds, ['n']);
  const bound = exprOf('[FIND :term RETURNING Lead]');
  assert.ok(bound.kind === 'sosl');
  assert.equal(bound.binds.length, 1);
});

test('shouldReadFieldAndIndexWhenAQueryIsUsedAsAnOperand', () => {
  const field = exprOf('[SELECT Id FROM Lead LIMIT 1].Id');
  assert.ok(field.kind === 'field-access' && field.target.kind === 'soql');
  const first = exprOf('[SELECT Id FROM Lead][0]');
  assert.ok(first.kind === 'index' && first.target.kind === 'soql');
  const merge = statementOf('merge master [SELECT Id FROM Lead];');
  assert.ok(merge.kind === 'dml' && merge.with?.kind === 'soql');
});
