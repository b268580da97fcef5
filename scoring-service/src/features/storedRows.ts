import type { PreparedRequest } from '../routing/preparedRequest.ts';
import { featureRows, KNOWN_FEATURES, leadColumns, pairColumns } from './featureVector.ts';
import { leadSubject } from './leadFeatures.ts';
import type { ReadLead } from './readLead.ts';
import { representativeSubject } from './pairFeatures.ts';

/** The features of one stored decision, for training: NaN where a value is missing. */
export interface StoredRows {
  /** Names of the columns of `pairs`, as manifests name them. */
  readonly pairFeatures: readonly string[];
  /** A row for each candidate of the lead, in the order of `candidates`. */
  readonly pairs: readonly Float32Array[];
  readonly candidates: readonly string[];
}

/**
 * The rows that a trainer learns from: those of a lead of a stored request (`GET /v1/decisions/{trace_id}`, `input`), with
 * every feature of the table, by the same code that serves. `position` is the lead's index within `input.leads`.
 * @throws RangeError if there is no such lead or a candidate is not among the representatives.
 */
export function storedRows(
  input: Pick<PreparedRequest, 'as_of' | 'leads' | 'representatives'>,
  position = 0,
): StoredRows {
  const lead = input.leads[position];
  if (lead === undefined) throw new RangeError(`The request has no lead ${position}.`);
  const asOf = Date.parse(input.as_of);
  const columns = pairColumns(KNOWN_FEATURES.win);
  const subject = leadSubject(lead);
  const representatives = new Map(input.representatives.map((each) => [each.rep_ref, each]));
  const pairs = lead.candidates.map((reference) => {
    const representative = representatives.get(reference);
    if (representative === undefined) throw new RangeError(`${reference} is not among the representatives.`);
    return featureRows(columns, [{ lead: subject, rep: representativeSubject(representative, asOf) }]);
  });
  return { pairFeatures: KNOWN_FEATURES.win, pairs, candidates: lead.candidates };
}

/** The features of a lead alone, in the order of `KNOWN_FEATURES.lead`, for a trainer of lead models. */
export function storedLeadRow(lead: ReadLead): Float32Array {
  return featureRows(leadColumns(KNOWN_FEATURES.lead), [leadSubject(lead)]);
}
