import { parseArgs } from 'node:util';
import { NO_CHANGE, OPEN_LEADS_ONLY, SPECIALISTS, USUAL_MARKET, arrivalInstance } from './arrivalInstance.ts';
import type { Change, Market } from './arrivalInstance.ts';
import {
  atRandom,
  greedy,
  hindsightPrices,
  learntPrices,
  roundRobin,
  seesTheDay,
  simulate,
} from './arrivalPolicies.ts';
import { hindsightOptimum } from './hindsight.ts';
import { valueTables } from './valueTables.ts';

/** Expected wins of each policy as shares of the optimum that knows all arrivals. */
export interface Shares {
  readonly random: number;
  readonly roundRobin: number;
  readonly greedy: number;
  readonly ours: number;
  readonly fixedPrices: number;
  /** A yardstick that keeps far more state than ours (valueTables.ts). */
  readonly valueTables: number;
  /** A yardstick that sees all leads of a day in the morning. */
  readonly dayKnown: number;
  /** The optimum that knows as well when each lead will close. */
  readonly allKnown: number;
  /** Part of the distance from greedy to the optimum that ours closes. */
  readonly gapClosed: number;
}

/** Plays one seed. */
export function playArrival(seed: string, days: number, market: Market, change: Change): Shares {
  const instance = arrivalInstance(seed, days, market, change);
  const optimum = hindsightOptimum(instance, 'arrivals');
  const wins = {
    random: simulate(instance, atRandom(seed)),
    roundRobin: simulate(instance, roundRobin()),
    greedy: simulate(instance, greedy()),
    ours: simulate(instance, learntPrices()),
    fixedPrices: simulate(instance, hindsightPrices(optimum.prices)),
    valueTables: simulate(instance, valueTables(instance)),
    dayKnown: simulate(instance, seesTheDay(instance)),
    allKnown: hindsightOptimum(instance, 'all').wins,
  };
  const share = (value: number): number => value / optimum.wins;
  return {
    random: share(wins.random),
    roundRobin: share(wins.roundRobin),
    greedy: share(wins.greedy),
    ours: share(wins.ours),
    fixedPrices: share(wins.fixedPrices),
    valueTables: share(wins.valueTables),
    dayKnown: share(wins.dayKnown),
    allKnown: share(wins.allKnown),
    gapClosed: (wins.ours - wins.greedy) / (optimum.wins - wins.greedy),
  };
}

const COLUMNS = [
  'random',
  'roundRobin',
  'greedy',
  'ours',
  'gapClosed',
  'fixedPrices',
  'valueTables',
  'dayKnown',
  'allKnown',
] as const;

function print(name: string, plays: readonly Shares[]): void {
  const cells = COLUMNS.map((column) => {
    const values = plays.map((play) => 100 * play[column]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return `${mean.toFixed(1)} (${Math.min(...values).toFixed(1)}–${Math.max(...values).toFixed(1)})`;
  });
  const behind = plays.filter((play) => play.ours < play.greedy).length;
  process.stdout.write(`| ${[name, ...cells, String(behind)].join(' | ')} |\n`);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      days: { type: 'string', default: '200' },
      seeds: { type: 'string', default: '5' },
      /** One row of the table only. */
      only: { type: 'string' },
    },
  });
  const days = Number(values.days);
  const seeds = Array.from({ length: Number(values.seeds) }, (_each, seed) => `report ${seed + 1}`);
  const day = Math.floor(days / 2);
  const changes: [string, Change][] = [
    ['stationary', NO_CHANGE],
    ['volume +30 %', { day, volume: 1.3, mix: 0 }],
    ['volume −30 %', { day, volume: 0.7, mix: 0 }],
    ['first segments +30 %, others −30 %', { day, volume: 1, mix: 0.3 }],
    ['first segments −30 %, others +30 %', { day, volume: 1, mix: -0.3 }],
  ];
  process.stdout.write(
    `${days} days, ${seeds.length} seeds: mean (least–most), % of the optimum that knows all arrivals.\n` +
      'Gap: % of the distance from greedy to the optimum. Fixed: prices from hindsight. All known: closing days too.\n' +
      'Value tables: dynamic programming for each representative. Day known: all leads of a day seen in the morning. Yardsticks.\n\n' +
      '| market | random | round robin | greedy | ours | gap closed | fixed prices | value tables | day known | all known | seeds below greedy |\n' +
      '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n',
  );
  const rows: [string, Market, Change][] = [
    ...changes.map(([name, change]): [string, Market, Change] => [`usual, ${name}`, USUAL_MARKET, change]),
    ['specialists, stationary', SPECIALISTS, NO_CHANGE],
    ...changes.map(([name, change]): [string, Market, Change] => [`open leads only, ${name}`, OPEN_LEADS_ONLY, change]),
  ];
  for (const [name, market, change] of rows) {
    if (values.only !== undefined && values.only !== name) continue;
    print(
      name,
      seeds.map((seed) => playArrival(seed, days, market, change)),
    );
  }
}

if (import.meta.main) main();
