import { LEAD_FEATURES } from './leadFeatures.ts';
import type { LeadSubject } from './leadFeatures.ts';
import { PAIR_FEATURES, REPRESENTATIVE_FEATURES } from './pairFeatures.ts';
import type { PairSubject, RepresentativeSubject } from './pairFeatures.ts';
import type { Feature } from './feature.ts';
import type { KnownFeatures } from '../model/servedModel.ts';

/** Names that a model may ask for: a lead model sees the lead alone, a win model the lead and the pair. */
export const KNOWN_FEATURES: KnownFeatures = {
  lead: LEAD_FEATURES.map((feature) => feature.name),
  win: [...LEAD_FEATURES, ...PAIR_FEATURES].map((feature) => feature.name),
};

const pairFeatures: readonly Feature<PairSubject>[] = [
  ...LEAD_FEATURES.map((feature) => ({
    ...feature,
    value: (pair: PairSubject) => feature.value(pair.lead),
    words: (pair: PairSubject) => feature.words(pair.lead),
  })),
  ...PAIR_FEATURES,
];

// A model's list of names is the same array for as long as the model is served.
const columnsOfLeads = new WeakMap<readonly string[], readonly Feature<LeadSubject>[]>();
const columnsOfPairs = new WeakMap<readonly string[], readonly Feature<PairSubject>[]>();
const leadNames: ReadonlySet<string> = new Set(KNOWN_FEATURES.lead);
/** The overall record is in the table among the other records. */
const representativeNames: ReadonlySet<string> = new Set([
  ...REPRESENTATIVE_FEATURES.map(({ name }) => name),
  'overall_record',
  'overall_record_closed',
]);

/** The lead features of these names, in their order. @throws RangeError for an unknown name. */
export function leadColumns(names: readonly string[]): readonly Feature<LeadSubject>[] {
  return kept(columnsOfLeads, names, LEAD_FEATURES);
}

/** The pair features (lead features among them) of these names, in their order. @throws RangeError for an unknown name. */
export function pairColumns(names: readonly string[]): readonly Feature<PairSubject>[] {
  return kept(columnsOfPairs, names, pairFeatures);
}

function kept<Subject>(
  known: WeakMap<readonly string[], readonly Feature<Subject>[]>,
  names: readonly string[],
  features: readonly Feature<Subject>[],
): readonly Feature<Subject>[] {
  let columns = known.get(names);
  if (columns === undefined) {
    columns = names.map((name) => named(features, name));
    known.set(names, columns);
  }
  return columns;
}

/** Whether a feature of the win model is of the lead alone, and so the same for all its candidates. */
export function isLeadFeature(name: string): boolean {
  return leadNames.has(name);
}

function named<Subject>(features: readonly Feature<Subject>[], name: string): Feature<Subject> {
  const feature = features.find((each) => each.name === name);
  if (feature === undefined) throw new RangeError(`No feature is called ${name}.`);
  return feature;
}

/** One row for each subject, in the order of the columns, as the graph takes it. */
export function featureRows<Subject>(
  columns: readonly Feature<Subject>[],
  subjects: readonly Subject[],
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(subjects.length * columns.length);
  subjects.forEach((subject, row) => {
    columns.forEach((column, index) => {
      rows[row * columns.length + index] = column.value(subject);
    });
  });
  return rows;
}

/** As `featureRows`, but reads once what is of a lead alone, for neighbouring rows, and what is of a representative alone. */
export function pairRows(
  columns: readonly Feature<PairSubject>[],
  pairs: readonly PairSubject[],
): Float32Array<ArrayBuffer> {
  const width = columns.length;
  const { ofLead, ofRepresentative, ofPair } = parted(columns);
  const rows = new Float32Array(pairs.length * width);
  const rowOf = new Map<RepresentativeSubject, number>();
  const read = (pair: PairSubject, row: number, indexes: readonly number[]): void => {
    for (const index of indexes) rows[row * width + index] = columns[index]!.value(pair);
  };
  pairs.forEach((pair, row) => {
    if (row > 0 && pairs[row - 1]?.lead === pair.lead) rows.copyWithin(row * width, (row - 1) * width, row * width);
    else read(pair, row, ofLead);
    const same = rowOf.get(pair.rep);
    if (same === undefined) {
      rowOf.set(pair.rep, row);
      read(pair, row, ofRepresentative);
    } else {
      for (const index of ofRepresentative) rows[row * width + index] = rows[same * width + index]!;
    }
    read(pair, row, ofPair);
  });
  return rows;
}

/** The indexes of columns of a lead alone, of a representative alone, and of both. */
function parted(columns: readonly Feature<PairSubject>[]): Record<'ofLead' | 'ofRepresentative' | 'ofPair', number[]> {
  const parts = { ofLead: [] as number[], ofRepresentative: [] as number[], ofPair: [] as number[] };
  columns.forEach(({ name }, index) => {
    if (leadNames.has(name)) parts.ofLead.push(index);
    else if (representativeNames.has(name)) parts.ofRepresentative.push(index);
    else parts.ofPair.push(index);
  });
  return parts;
}
