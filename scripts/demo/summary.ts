/** A lead as it stands at the end. */
export interface LeadState {
  readonly Id: string;
  readonly OwnerId: string | null;
  readonly AI_Routing_Status__c: string | null;
  readonly AI_Current_Decision__c: string | null;
}

/** A stored decision. */
export interface DecisionState {
  readonly Id: string;
  readonly Lead__c: string | null;
  readonly Outcome__c: string | null;
  readonly Cause__c: string | null;
  readonly Supersedes__c: string | null;
}

/** What became of the leads; the first six add up to `inserted`. */
export interface RoutingCounts {
  readonly inserted: number;
  /** Has a representative whom the model or a rule chose. */
  readonly routed: number;
  readonly in_review: number;
  readonly shadowed: number;
  readonly blocked: number;
  /** Has a representative who was chosen in turn, since routing could not do better. */
  readonly fallback: number;
  /** Ended otherwise, or without exactly one current decision. */
  readonly dropped: number;
  /** Of the routed: those that were decided without the model, by a rule or by who owns the company. */
  readonly by_rule: number;
  readonly decisions: number;
  /** Decisions by the cause that they give. */
  readonly causes: Readonly<Record<string, number>>;
}

/** Counts, and what is wrong with each dropped lead. */
export interface RoutingSummary {
  readonly counts: RoutingCounts;
  readonly problems: readonly string[];
}

const FALLBACK = 'Fallback Assigned';
/** Outcomes that ask no model, and so need no cause where it can't be asked. */
const BY_RULE: readonly (string | null)[] = ['Rule Assigned', 'Owner Kept'];
/** Key prefix of queues. */
const QUEUE = '00G';

/**
 * Judges each inserted lead by what is stored: it must have ended Routed, In Review, Shadowed or Blocked, with an owner,
 * with a representative as owner if Routed, and with exactly one current decision, which the lead points at.
 */
export function summarise(
  insertedIds: readonly string[],
  leads: readonly LeadState[],
  decisions: readonly DecisionState[],
): RoutingSummary {
  const leadById = new Map(leads.map((lead) => [lead.Id, lead]));
  const superseded = new Set(decisions.map(({ Supersedes__c }) => Supersedes__c));
  const current = Map.groupBy(
    decisions.filter(({ Id }) => !superseded.has(Id)),
    ({ Lead__c }) => Lead__c,
  );
  let byRule = 0;
  const kinds = { routed: 0, in_review: 0, shadowed: 0, blocked: 0, fallback: 0, dropped: 0 };
  const problems: string[] = [];
  for (const id of insertedIds) {
    const own = current.get(id) ?? [];
    const kind = kindOf(leadById.get(id), own);
    if (kind in kinds) {
      kinds[kind as keyof typeof kinds]++;
      if (kind === 'routed' && BY_RULE.includes(own[0]?.Outcome__c ?? null)) byRule++;
    } else {
      kinds.dropped++;
      problems.push(`${id}: ${kind}`);
    }
  }
  const causes: Record<string, number> = {};
  for (const { Cause__c } of decisions) {
    if (Cause__c !== null) causes[Cause__c] = (causes[Cause__c] ?? 0) + 1;
  }
  const counts = { inserted: insertedIds.length, ...kinds, by_rule: byRule, decisions: decisions.length, causes };
  return { counts, problems };
}

/** The kind of a lead in the counts, or what is wrong with it. */
function kindOf(lead: LeadState | undefined, current: readonly DecisionState[]): string {
  if (lead === undefined) return 'the lead is gone';
  if (lead.OwnerId === null) return 'it has no owner';
  if (current.length !== 1) return `it has ${current.length} current decisions`;
  const [decision] = current;
  if (decision?.Id !== lead.AI_Current_Decision__c) return 'it does not point at its current decision';
  if (decision.Outcome__c === null) return 'its decision has no outcome';
  switch (lead.AI_Routing_Status__c) {
    case 'Routed':
      if (lead.OwnerId.startsWith(QUEUE)) return 'it is routed, but a queue owns it';
      return decision.Outcome__c === FALLBACK ? 'fallback' : 'routed';
    case 'In Review':
      return 'in_review';
    case 'Shadowed':
      return 'shadowed';
    case 'Blocked':
      return 'blocked';
    default:
      return `its status is ${lead.AI_Routing_Status__c ?? 'blank'}`;
  }
}

/** The decisions that a model was to make and that say no cause. Where a fault was injected there must be none. */
export function withoutCause(decisions: readonly DecisionState[]): number {
  return decisions.filter(({ Cause__c, Outcome__c }) => Cause__c === null && !BY_RULE.includes(Outcome__c)).length;
}

/**
 * The smallest value that at least this share of all values does not exceed (nearest rank), in their unit, to one
 * decimal; null where there are none.
 */
export function percentile(values: readonly number[], share: number): number | null {
  const ordered = values.toSorted((one, other) => one - other);
  const value = ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)];
  return value === undefined ? null : Math.round(value * 10) / 10;
}

/** The highest of each limit over some transactions; null where there were none. */
export function highest<Used extends Readonly<Record<string, number>>>(all: readonly Used[]): Used | null {
  const [first, ...others] = all;
  if (first === undefined) return null;
  return others.reduce(
    (most, used) =>
      Object.fromEntries(Object.entries(most).map(([name, value]) => [name, Math.max(value, used[name] ?? 0)])) as Used,
    first,
  );
}
