import type { ObjectDescriptor } from './descriptor.ts';
import { historyParent } from './historyObjects.ts';

/** Objects of the choices of others; BusinessProcess is one of them. */
const CHOICES = new Set(['BusinessProcess', 'CaseStatus', 'LeadStatus', 'OpportunityStage', 'TaskStatus']);

/**
 * Whether an object can have record types, and so a master one. Source: octoberswimmer/aer-dist, issues 143 (choices) and
 * 385 (events); of rows that belong to others' records unverified.
 */
export function hasRecordTypes(object: ObjectDescriptor): boolean {
  return !object.event && object.shareOf === null && historyParent(object) === null && !CHOICES.has(object.name);
}
