import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateDemoOrg, HISTORY_DEALS } from '../seed/demoOrg.ts';
import { closedDeals, generateSource, winProbability } from '../seed/history.ts';
import { generateLeads } from '../seed/leads.ts';
import { createRandom } from '../seed/random.ts';
import type { DemoRep } from '../seed/representatives.ts';
import { TERRITORIES } from '../seed/territories.ts';
import { LEAD_SOURCES, SHADOWED_SOURCE } from '../seed/vocabulary.ts';

const TODAY = new Date('2026-11-23T12:00:00Z');

describe('createRandom', () => {
  it('shouldGiveTheSameNumbersWhenSeedIsTheSame', () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    assert.deepEqual(draw(7), draw(7));
    assert.notDeepEqual(draw(7), draw(8));
  });

  it('shouldNotChangeAForkWhenItsParentIsUsed', () => {
    const untouched = createRandom(1).fork('part').next();
    const parent = createRandom(1);
    parent.next();
    assert.equal(parent.fork('part').next(), untouched, 'A part of the data must not move when another one grows');
    assert.notEqual(parent.fork('other').next(), untouched);
  });

  it('shouldSpreadNumbersEvenlyAndNormallyWhenManyAreDrawn', () => {
    const random = createRandom(3);
    const uniform = Array.from({ length: 20_000 }, () => random.next());
    const normal = Array.from({ length: 20_000 }, () => random.normal(10, 2));
    assert.ok(uniform.every((value) => value >= 0 && value < 1));
    assert.ok(Math.abs(mean(uniform) - 0.5) < 0.01);
    assert.ok(Math.abs(mean(normal) - 10) < 0.06);
    assert.ok(Math.abs(Math.sqrt(mean(normal.map((value) => (value - 10) ** 2))) - 2) < 0.06);
  });

  it('shouldReachBothEndsWhenWholeNumbersAreDrawn', () => {
    const random = createRandom(4);
    const drawn = new Set(Array.from({ length: 500 }, () => random.whole(2, 5)));
    assert.deepEqual([...drawn].sort(), [2, 3, 4, 5]);
  });

  it('shouldRefuseToPickWhenThereIsNothing', () => {
    assert.throws(() => createRandom(1).pick([]), RangeError);
  });
});

describe('generateDemoOrg', () => {
  const org = generateDemoOrg(1, TODAY);

  it('shouldBeTheSameWhenSeedAndDayAreTheSame', () => {
    assert.deepEqual(generateDemoOrg(1, TODAY), org);
    assert.notDeepEqual(generateDemoOrg(2, TODAY).history[0], org.history[0]);
  });

  it('shouldHave40RepresentativesIn6TerritoriesAnd2000Opportunities', () => {
    assert.equal(org.routing.reps.length, 40);
    assert.equal(org.routing.territories.length, 6);
    assert.equal(org.history.length, 2000);
    assert.equal(HISTORY_DEALS, 2000);
  });

  it('shouldShowThatNothingInItIsReal', () => {
    for (const { username, email } of org.people.persons) {
      assert.match(username, /@demo-org\.example\.com$/);
      assert.match(email, /example\.com$/);
    }
    assert.ok(org.history.every(({ account }) => account.website.endsWith('.example.com')));
    assert.ok(org.history.every(({ name }) => name.includes('generated')));
  });

  it('shouldNameEveryUserOnce', () => {
    const usernames = org.people.persons.map(({ username }) => username);
    assert.equal(new Set(usernames).size, usernames.length, 'Salesforce refuses a username that is taken');
  });

  it('shouldGiveTheEnginePermissionSetToTheRoutingUserOnly', () => {
    const engines = org.people.persons.filter(({ permissionSets }) => permissionSets.includes('AI_Routing_Engine'));
    assert.deepEqual(
      engines.map(({ key }) => key),
      ['routing'],
    );
  });

  it('shouldGiveEachTerritoryAManagerPrimaryMembersAndABackup', () => {
    for (const { code } of TERRITORIES) {
      const roles = org.routing.reps.map(({ territories }) => territories[code]);
      assert.ok(roles.filter((role) => role === 'Primary').length >= 6, `${code} has primary members`);
      assert.equal(roles.filter((role) => role === 'Backup').length, 1, `${code} has a backup`);
      assert.ok(org.people.persons.some(({ key }) => key === `mgr-${code}`));
    }
  });

  it('shouldCloseDealsInThePastAndOpenOnesInTheFuture', () => {
    const today = TODAY.toISOString().slice(0, 10);
    for (const { stage, closeDate } of org.history) {
      assert.equal(closeDate > today, stage === 'Qualification', `${stage} on ${closeDate}`);
    }
  });

  it('shouldHaveAnEffectOfRepresentativeAndIndustryThatCanBeLearned', () => {
    // Given what was drawn for each representative and industry, deals with a good one must have been won more often.
    const closed = org.history.filter(({ stage }) => stage !== 'Qualification');
    const effectOf = ({ rep, account }: (typeof closed)[number]): number => rep.industryEffect[account.industry] ?? 0;
    const rate = (deals: typeof closed): number =>
      deals.filter(({ stage }) => stage === 'Closed Won').length / deals.length;
    const good = rate(closed.filter((deal) => effectOf(deal) > 0.2));
    const bad = rate(closed.filter((deal) => effectOf(deal) < -0.2));
    assert.ok(good - bad > 0.08, `${good} against ${bad}`);
    assert.ok(good - bad < 0.35, 'The effect is modest');
  });

  it('shouldRollUpEveryClosedDealOnceInEachDimension', () => {
    const closed = closedDeals(org.history).length;
    for (const dimension of ['Overall', 'Industry', 'Size', 'Product', 'Source'] as const) {
      const rows = org.performance.filter((row) => row.dimension === dimension);
      assert.equal(
        rows.reduce((sum, { won, lost }) => sum + won + lost, 0),
        closed,
        dimension,
      );
    }
  });
});

describe('winProbability', () => {
  it('shouldRiseWithTheEffectOfTheRepresentative', () => {
    const [rep] = generateDemoOrg(1, TODAY).routing.reps as readonly DemoRep[];
    assert.ok(rep);
    const better = { ...rep, industryEffect: { Finance: (rep.industryEffect['Finance'] ?? 0) + 1 } };
    const before = winProbability(rep, 'Finance', 100, 'Web');
    const after = winProbability(better, 'Finance', 100, 'Web');
    assert.ok(Math.abs(Math.log(after / (1 - after)) - Math.log(before / (1 - before)) - 1) < 1e-9);
  });
});

describe('generateLeads', () => {
  const customers = generateDemoOrg(1, TODAY).history.map(({ account }) => account);

  it('shouldMakeTheSameLeadsWhenSeedIsTheSame', () => {
    const make = (): unknown => generateLeads(createRandom(5), { name: 'A', count: 20, mix: 'any', customers });
    assert.deepEqual(make(), make());
  });

  it('shouldLeaveOutTheShadowedSourceOnlyWhenAskedTo', () => {
    const sources = (mix: 'auto' | 'any'): Set<unknown> =>
      new Set(generateLeads(createRandom(6), { name: 'A', count: 300, mix }).map((lead) => lead['LeadSource']));
    assert.ok(!sources('auto').has(SHADOWED_SOURCE));
    assert.ok(sources('any').has(SHADOWED_SOURCE));
  });

  it('shouldPlaceEveryLeadInATerritory', () => {
    const places = new Set(TERRITORIES.flatMap(({ regions }) => regions.map((one) => `${one.country}/${one.state}`)));
    for (const lead of generateLeads(createRandom(8), { name: 'A', count: 300, mix: 'any', customers })) {
      assert.ok(places.has(`${lead['Country']}/${lead['State']}`), JSON.stringify(lead));
    }
  });

  it('shouldMakeNoTwoCompaniesTheSameByChance', () => {
    const groups = ['A', 'B'].flatMap((name) => generateLeads(createRandom(8), { name, count: 300, mix: 'any' }));
    const companies = [...groups.map(({ Company }) => Company), ...new Set(customers.map(({ name }) => name))];
    assert.equal(new Set(companies).size, companies.length);
  });

  it('shouldTakeAboutOneInTwentyLeadsFromCustomers', () => {
    const names = new Set(customers.map(({ name }) => name));
    const leads = generateLeads(createRandom(8), { name: 'A', count: 1000, mix: 'any', customers });
    const known = leads.filter(({ Company }) => names.has(String(Company))).length;
    assert.ok(known > 30 && known < 75, String(known));
  });
});

describe('generateSource', () => {
  it('shouldFollowTheShares', () => {
    const random = createRandom(9);
    const drawn = Array.from({ length: 10_000 }, () => generateSource(random));
    for (const [source, share] of LEAD_SOURCES) {
      const found = drawn.filter((each) => each === source).length / drawn.length;
      assert.ok(Math.abs(found - share) < 0.02, `${source}: ${found} instead of ${share}`);
    }
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
