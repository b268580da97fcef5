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
const representativeNames: ReadonlySet<string> = new Set(REPRESENTATIVE_FEATURES.map(({ name }) => name));

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
  const ofLead = columns.map(({ name }) => leadNames.has(name));
  const ofRepresentative = columns.map(({ name }) => representativeNames.has(name));
  const rows = new Float32Array(pairs.length * width);
  const rowOf = new Map<RepresentativeSubject, number>();
  pairs.forEach((pair, row) => {
    const sameLead = row > 0 && pairs[row - 1]?.lead === pair.lead ? row - 1 : -1;
    const sameRepresentative = rowOf.get(pair.rep) ?? -1;
    if (sameRepresentative === -1) rowOf.set(pair.rep, row);
    for (let index = 0; index < width; index++) {
      const same = ofLead[index] ? sameLead : ofRepresentative[index] ? sameRepresentative : -1;
      rows[row * width + index] = same === -1 ? columns[index]!.value(pair) : rows[same * width + index]!;
    }
  });
  return rows;
}
