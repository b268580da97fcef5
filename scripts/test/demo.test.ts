import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { highest, percentile, summarise, withoutCause } from '../demo/summary.ts';
import type { DecisionState, LeadState } from '../demo/summary.ts';
import { readArguments, wholeNumber } from '../org/arguments.ts';
import { CommandError } from '../org/commandError.ts';
import { literal } from '../org/connection.ts';
import { insertCommand } from '../start/insertCommand.ts';
import { routedLine } from '../start/routedLines.ts';

const USER = '005000000000001AAA';

function lead(changes: Partial<LeadState> = {}): LeadState {
  return { Id: 'L1', OwnerId: USER, AI_Routing_Status__c: 'Routed', AI_Current_Decision__c: 'D1', ...changes };
}

function decision(changes: Partial<DecisionState> = {}): DecisionState {
  return { Id: 'D1', Lead__c: 'L1', Outcome__c: 'Assigned', Cause__c: null, Supersedes__c: null, ...changes };
}

/** What is said of one lead. */
function verdict(one: LeadState, decisions: readonly DecisionState[] = [decision()]): unknown {
  const { counts, problems } = summarise(['L1'], [one], decisions);
  if (counts.dropped > 0) return problems;
  const { routed, in_review: inReview, shadowed, blocked, fallback } = counts;
  return Object.entries({ routed, inReview, shadowed, blocked, fallback }).find(([, count]) => count === 1)?.[0];
}

describe('summarise', () => {
  it('shouldCountALeadOnceByHowItEnded', () => {
    assert.equal(verdict(lead()), 'routed');
    assert.equal(verdict(lead(), [decision({ Outcome__c: 'Fallback Assigned' })]), 'fallback');
    assert.equal(verdict(lead({ AI_Routing_Status__c: 'In Review', OwnerId: '00G000000000001AAA' })), 'inReview');
    assert.equal(verdict(lead({ AI_Routing_Status__c: 'Shadowed' })), 'shadowed');
    assert.equal(verdict(lead({ AI_Routing_Status__c: 'Blocked' })), 'blocked');
  });

  it('shouldCountApartWhatNoModelDecided', () => {
    const byOutcome = (outcome: string): number =>
      summarise(['L1'], [lead()], [decision({ Outcome__c: outcome })]).counts.by_rule;
    assert.deepEqual(['Assigned', 'Rule Assigned', 'Owner Kept', 'Fallback Assigned'].map(byOutcome), [0, 1, 1, 0]);
    const decisions = [decision({ Outcome__c: 'Rule Assigned' }), decision({ Outcome__c: 'Sent To Review' })];
    assert.equal(withoutCause(decisions), 1, 'A rule needs no cause, a review does');
  });

  it('shouldCountALeadAsDroppedAndSayWhy', () => {
    assert.deepEqual(verdict(lead({ AI_Routing_Status__c: 'Pending' })), ['L1: its status is Pending']);
    assert.deepEqual(verdict(lead({ AI_Routing_Status__c: null })), ['L1: its status is blank']);
    assert.deepEqual(verdict(lead({ OwnerId: '00G000000000001AAA' })), ['L1: it is routed, but a queue owns it']);
    assert.deepEqual(verdict(lead({ OwnerId: null })), ['L1: it has no owner']);
    assert.deepEqual(verdict(lead(), []), ['L1: it has 0 current decisions']);
    assert.deepEqual(verdict(lead(), [decision(), decision({ Id: 'D2' })]), ['L1: it has 2 current decisions']);
    assert.deepEqual(verdict(lead({ AI_Current_Decision__c: null })), [
      'L1: it does not point at its current decision',
    ]);
    assert.deepEqual(verdict(lead(), [decision({ Outcome__c: null })]), ['L1: its decision has no outcome']);
    assert.deepEqual(summarise(['L1'], [], []).problems, ['L1: the lead is gone']);
  });

  it('shouldTakeTheDecisionThatNoOtherSupersedesAsTheCurrentOne', () => {
    const decisions = [decision({ Id: 'D0' }), decision({ Supersedes__c: 'D0' })];
    assert.equal(verdict(lead(), decisions), 'routed');
  });

  it('shouldAddUpToWhatWasInserted', () => {
    const leads = ['Routed', 'In Review', 'Shadowed', 'Blocked', 'Pending'].map((status, index) =>
      lead({ Id: `L${index}`, AI_Routing_Status__c: status, AI_Current_Decision__c: `D${index}` }),
    );
    const decisions = leads.map(({ Id }, index) =>
      decision({ Id: `D${index}`, Lead__c: Id, Cause__c: index < 2 ? 'High Value' : null }),
    );
    const { counts } = summarise(
      leads.map(({ Id }) => Id),
      leads,
      decisions,
    );
    const { routed, in_review: inReview, shadowed, blocked, fallback, dropped } = counts;
    assert.equal(routed + inReview + shadowed + blocked + fallback + dropped, counts.inserted);
    assert.equal(counts.decisions, 5);
    assert.deepEqual(counts.causes, { 'High Value': 2 });
    assert.equal(withoutCause(decisions), 3);
  });
});

describe('percentile', () => {
  it('shouldTakeTheNearestRank', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    assert.equal(percentile(values, 0.5), 50);
    assert.equal(percentile(values, 0.95), 95);
    assert.equal(percentile(values, 1), 100);
    assert.equal(percentile([3.14159], 0.5), 3.1);
    assert.equal(percentile([], 0.5), null);
  });
});

describe('highest', () => {
  it('shouldTakeTheHighestOfEachLimit', () => {
    assert.deepEqual(
      highest([
        { soql: 3, dml: 1 },
        { soql: 2, dml: 5 },
      ]),
      { soql: 3, dml: 5 },
    );
    assert.equal(highest([]), null);
  });
});

describe('insertCommand', () => {
  it('shouldReachCurlUnchangedThroughAShell', () => {
    const company = `O'Hara & "Sons" $HOME !x \\`;
    const command = insertCommand('http://127.0.0.1:1234', '00D!secret', { Company: company, State: undefined });
    assert.equal(command.split('\n').length, 1);
    // When a shell reads the command, with a printer of arguments in place of curl.
    const echo = `${command.replace(/^curl/, `"${process.execPath}" -p 'JSON.stringify(process.argv.slice(1))' --`)}`;
    const args = JSON.parse(execFileSync('sh', ['-c', echo], { encoding: 'utf8' })) as string[];
    assert.equal(args[1], 'http://127.0.0.1:1234/services/data/v67.0/sobjects/Lead');
    assert.ok(args.includes('Authorization: Bearer 00D!secret'));
    assert.deepEqual(JSON.parse(args.at(-1) ?? ''), { Company: company });
  });
});

describe('routedLine', () => {
  const row = {
    Id: 'D1',
    CreatedDate: '2026-11-23T10:00:00.000+0000',
    Outcome__c: 'Assigned',
    Score__c: 71,
    Reason_Text__c: 'Speaks German\n free soon',
    Latency_Ms__c: 24,
    Assigned_Queue__c: null,
    Lead__r: { Name: 'Ada Kestrel', Company: 'Amberforge', Owner: { Name: 'Rune Ulvang' } },
  };

  it('shouldShowLeadOwnerScoreMillisecondsAndWhyInOneLine', () => {
    assert.equal(
      routedLine(row),
      'Ada Kestrel, Amberforge  →  Rune Ulvang  |  score 71  |  24 ms  |  Speaks German free soon',
    );
  });

  it('shouldShowTheQueueWhenALeadIsInReviewAndSayWhatIsNotKnown', () => {
    const bare = {
      ...row,
      Score__c: null,
      Reason_Text__c: ' ',
      Latency_Ms__c: null,
      Assigned_Queue__c: 'AI_Routing_Review',
    };
    assert.equal(
      routedLine({ ...bare, Lead__r: null }),
      'a lead that is gone  →  AI_Routing_Review  |  no score  |  – ms  |  Assigned',
    );
  });
});

describe('the command line', () => {
  it('shouldRefuseWhatItDoesNotKnowWithTheUsage', () => {
    assert.throws(
      () => readArguments(['--bogus'], { seed: { type: 'string' } }, 'USAGE TEXT'),
      (error: unknown) => error instanceof CommandError && error.exitCode === 2 && /USAGE TEXT/.test(error.message),
    );
  });

  it('shouldTakeWholeNumbersWithinTheirRangeOnly', () => {
    assert.equal(wholeNumber('500', 'leads', 1, 1000), 500);
    for (const text of ['0', '1001', '-5', '1.5', 'many', '']) {
      assert.throws(() => wholeNumber(text, 'leads', 1, 1000), /--leads takes a whole number from 1 to 1000/);
    }
  });
});

describe('literal', () => {
  it('shouldEscapeWhatWouldEndASoqlText', () => {
    assert.equal(literal(`O'Hara \\`), `'O\\'Hara \\\\'`);
  });
});
