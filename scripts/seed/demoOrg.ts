import type { NewRecord } from '../org/connection.ts';
import type { PerformanceRow } from '../load/performance.ts';
import { rollUp } from '../load/performance.ts';
import type { People } from '../load/people.ts';
import type { RoutingSetup } from '../load/routingSetup.ts';
import { closedDeals, generateHistory } from './history.ts';
import type { DemoDeal } from './history.ts';
import { createRandom } from './random.ts';
import { REASONS } from './reasons.ts';
import { generateTeam } from './representatives.ts';
import { TERRITORIES } from './territories.ts';
import { SHADOWED_SOURCE } from './vocabulary.ts';

/** Deals in the generated history. */
export const HISTORY_DEALS = 2000;

/** Everything in the demo org; nothing of it is real. */
export interface DemoOrg {
  readonly seed: number;
  readonly people: People;
  readonly routing: RoutingSetup;
  readonly history: readonly DemoDeal[];
  readonly performance: readonly PerformanceRow[];
}

/** The demo org of a seed; the same seed and day give the same org. */
export function generateDemoOrg(seed: number, today: Date): DemoOrg {
  const random = createRandom(seed);
  const team = generateTeam(random.fork('team'));
  const history = generateHistory(random.fork('history'), team.reps, HISTORY_DEALS, today);
  return {
    seed,
    people: { roles: team.roles, persons: team.persons },
    routing: {
      territories: TERRITORIES.map(({ code, name, regions }, index) => ({
        Name: name,
        Code__c: code,
        Countries__c: [...new Set(regions.map(({ country }) => country))].join('\n'),
        States__c: regions.flatMap(({ state }) => state ?? []).join('\n') || undefined,
        Sort_Order__c: index + 1,
      })),
      reps: team.reps,
      policies: policies(),
      reasons: REASONS,
    },
    history,
    performance: rollUp(closedDeals(history)),
  };
}

/** Bought lists are only watched; everything else is routed. */
function policies(): NewRecord[] {
  return [
    {
      Name: 'Demo: watch purchased lists',
      Active__c: true,
      Sort_Order__c: 1,
      Mode__c: 'Shadow',
      Lead_Sources__c: SHADOWED_SOURCE,
      Response_Hours__c: 24,
    },
    {
      Name: 'Demo: route everything else',
      Active__c: true,
      Sort_Order__c: 2,
      Mode__c: 'Auto',
      Response_Hours__c: 4,
      High_Value_Above__c: 1_500_000_000,
      Hot_Above__c: 80,
      Warm_Above__c: 50,
      Exploration_Share__c: 0.02,
      Holdback_Share__c: 0.05,
      Review_Queue__c: 'AI_Routing_Review',
    },
  ];
}
