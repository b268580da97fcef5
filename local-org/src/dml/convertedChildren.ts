import type { Row } from '../store/row.ts';
import type { Conversion } from './convertLead.ts';
import type { DmlContext } from './context.ts';
import { stamp } from './systemFields.ts';

/**
 * Moves a lead's activities to the contact, and to the opportunity or else the account; names the contact in its campaign
 * memberships and makes it the contact of the opportunity. No triggers run. Lookups of other objects stay at the lead.
 */
export function moveToConverted(context: DmlContext, conversion: Conversion): void {
  const { accountId, contactId, opportunityId } = conversion;
  const leadId = conversion.given.leadId as string;
  const whatId = opportunityId ?? accountId;
  for (const name of ['Task', 'Event']) {
    update(context, name, 'WhoId', leadId, (row) => ({ ...row, WhoId: contactId, WhatId: row['WhatId'] ?? whatId }));
  }
  update(context, 'CampaignMember', 'LeadId', leadId, (row) => ({ ...row, ContactId: contactId }));
  if (opportunityId === null) return;
  const roles = context.store.tableOf('OpportunityContactRole');
  const existing = roles.find('OpportunityId', opportunityId).filter((row) => row['IsDeleted'] !== true);
  if (existing.some((row) => row['ContactId'] === contactId)) return;
  const role = roles.blankRow();
  role['Id'] = context.store.newId(roles.object);
  Object.assign(role, { OpportunityId: opportunityId, ContactId: contactId, IsPrimary: existing.length === 0 });
  stamp(roles.object, role, true);
  context.store.insert(roles, role);
}

function update(context: DmlContext, name: string, lookup: string, id: string, change: (row: Row) => Row): void {
  const table = context.store.tableOf(name);
  for (const row of table.find(lookup, id)) if (row['IsDeleted'] !== true) context.store.replace(table, change(row));
}
