import { current } from '../engine/current.ts';
import type { Access, DmlFault } from '../engine/data.ts';
import type { Row } from '../store/row.ts';
import { keyPrefixOf } from '../values/id.ts';
import type { Conversion } from './convertLead.ts';
import type { DmlContext } from './context.ts';
import { convertedLead, entityDeleted, fault, insufficientAccess, invalidReference, lockedRow } from './faults.ts';

/**
 * Finds the lead and its owner-to-be and checks what can be checked before anything is written.
 * Source: SOAP API Developer Guide, convertLead(). Where it gives no text, the text is ours (unverified).
 */
export function checkConversion(context: DmlContext, conversion: Conversion, access: Access): DmlFault[] {
  const { given } = conversion;
  if (given.leadId === null)
    return [fault('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LeadId]', ['LeadId'])];
  const lead = context.store.tableOf('Lead').byId(given.leadId);
  if (!lead) return [invalidReference];
  if (lead['IsDeleted'] === true) return [entityDeleted];
  if (lead['IsConverted'] === true) return [convertedLead];
  conversion.lead = lead;
  const problem =
    checkRights(context, conversion, access) ??
    checkLead(context, lead, access) ??
    checkStatus(context, given.convertedStatus) ??
    checkTargets(context, conversion, access) ??
    checkOwner(conversion, lead);
  return problem ? [problem] : [];
}

/** In user mode: "Convert Leads", edit on leads, and create on what is created, edit on what is given. */
function checkRights(context: DmlContext, { given }: Conversion, access: Access): DmlFault | null {
  if (access.mode === 'system') return null;
  const rights = context.access.rightsOf(current.tx.user.id);
  const mayConvert = rights.permission('ConvertLeads') || rights.modifiesAllData;
  const may = (name: string, id: string | null): boolean => {
    const object = context.schema.object(name);
    if (!object) return false;
    return id === null ? rights.object(object).create : rights.object(object).edit;
  };
  const denied =
    !mayConvert ||
    !may('Lead', given.leadId) ||
    !may('Account', given.accountId) ||
    !may('Contact', given.contactId) ||
    (!given.doNotCreateOpportunity && !may('Opportunity', given.opportunityId));
  return denied ? fault('INSUFFICIENT_ACCESS', 'insufficient access rights to convert the lead') : null;
}

function checkLead(context: DmlContext, lead: Row, access: Access): DmlFault | null {
  const table = context.store.tableOf('Lead');
  const id = lead['Id'] as string;
  if (context.store.locks.holder(id, current.tx.lockOwner)) return lockedRow(id);
  const mayEdit = context.access.editable(table.object, access);
  return mayEdit && !mayEdit(lead) ? insufficientAccess : null;
}

function checkStatus(context: DmlContext, status: string | null): DmlFault | null {
  const statuses = context.schema.object('Lead')?.fields.get('status')?.picklist ?? [];
  const known = statuses.some(
    ({ value, active, sets }) => active && value === status && sets?.['IsConverted'] === true,
  );
  return known ? null : fault('INVALID_STATUS', `invalid convertedStatus: ${status ?? ''}`);
}

function checkTargets(context: DmlContext, { given }: Conversion, access: Access): DmlFault | null {
  if (given.doNotCreateOpportunity && (given.opportunityName !== null || given.opportunityId !== null)) {
    const message =
      "One or more leads couldn't be converted. If doNotCreateOpportunity is true, opportunityName and opportunityId " +
      'must be null.';
    return fault('INVALID_FIELD', message, ['Id']);
  }
  if (given.contactId !== null && given.accountId === null) {
    return fault('REQUIRED_FIELD_MISSING', 'accountId is required where contactId is specified', ['accountId']);
  }
  for (const [name, id] of [
    ['Account', given.accountId],
    ['Contact', given.contactId],
    ['Opportunity', given.opportunityId],
  ] as const) {
    const problem = id === null ? null : checkTarget(context, name, id, access);
    if (problem) return problem;
  }
  const contact = given.contactId === null ? null : context.store.byId(given.contactId);
  if (contact && contact['AccountId'] !== given.accountId) {
    return fault('INVALID_CROSS_REFERENCE_KEY', 'the contact does not belong to the account', ['contactId']);
  }
  return null;
}

function checkTarget(context: DmlContext, name: string, id: string, access: Access): DmlFault | null {
  const table = context.store.tableOf(name);
  const row = table.byId(id);
  if (!row) return invalidReference;
  if (row['IsDeleted'] === true) return entityDeleted;
  const mayEdit = context.access.editable(table.object, access);
  return mayEdit && !mayEdit(row) ? insufficientAccess : null;
}

/** Accounts and contacts are owned by users: a lead of a queue needs an owner. */
function checkOwner(conversion: Conversion, lead: Row): DmlFault | null {
  const owner = conversion.given.ownerId ?? (lead['OwnerId'] as string);
  if (keyPrefixOf(owner) !== '005') {
    return fault('INVALID_CROSS_REFERENCE_KEY', 'the owner of a converted lead must be a user: set ownerId', [
      'ownerId',
    ]);
  }
  conversion.ownerId = owner;
  return null;
}
