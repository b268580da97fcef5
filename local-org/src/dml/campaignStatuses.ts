import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { today } from '../platform/System/Date.ts';
import { draftOf } from './save.ts';
import type { SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';

/**
 * Every new campaign has the member statuses Sent, which is the default, and Responded; of a campaign's statuses one is the
 * default. Source: Object Reference, CampaignMemberStatus. unverified: the numbers of their order.
 */
export function keepMemberStatuses(store: Store, row: SaveRow, stored: Row): void {
  if (row.object.name === 'Campaign' && row.created) {
    addStatus(store, stored, { Label: 'Sent', SortOrder: 1, IsDefault: true, HasResponded: false });
    addStatus(store, stored, { Label: 'Responded', SortOrder: 2, IsDefault: false, HasResponded: true });
  }
  if (row.object.name === 'CampaignMemberStatus' && stored['IsDefault'] === true) unsetOtherDefaults(store, stored);
}

function unsetOtherDefaults(store: Store, stored: Row): void {
  const statuses = store.tableOf('CampaignMemberStatus');
  for (const other of statusesOf(store, stored['CampaignId'])) {
    if (other['Id'] !== stored['Id']) store.replace(statuses, { ...other, IsDefault: false });
  }
}

/**
 * A new member has the campaign's default status where it names none of its statuses, and has responded where its status
 * says so. unverified: what becomes of a status that is not one of the campaign's on update; it stays as it is
 */
export function completeMember(store: Store, row: SaveRow): void {
  if (row.object.name !== 'CampaignMember') return;
  const draft = draftOf(row);
  const statuses = statusesOf(store, draft['CampaignId']);
  const named = statuses.find((other) => sameLabel(other, draft['Status']));
  const status = named ?? (row.created ? statuses.find((other) => other['IsDefault'] === true) : undefined);
  if (!status) return;
  draft['Status'] = status['Label'] as string;
  draft['HasResponded'] = status['HasResponded'] as boolean;
  if (draft['HasResponded'] === true) draft['FirstRespondedDate'] ??= today();
}

function sameLabel(status: Row, label: unknown): boolean {
  return String(status['Label']).toLowerCase() === String(label).toLowerCase();
}

function statusesOf(store: Store, campaignId: unknown): Row[] {
  return store
    .tableOf('CampaignMemberStatus')
    .find('CampaignId', String(campaignId))
    .filter((status) => status['IsDeleted'] !== true);
}

function addStatus(store: Store, campaign: Row, values: Readonly<Record<string, string | number | boolean>>): void {
  const table = store.tableOf('CampaignMemberStatus');
  const status = { ...table.blankRow(), Id: store.newId(table.object), CampaignId: campaign['Id'], ...values };
  stamp(table.object, status, true);
  store.insert(table, status);
}
