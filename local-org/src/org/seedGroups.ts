import type { OrgMetadata } from '../schema/orgMetadata.ts';
import type { Store } from '../store/store.ts';
import type { RowWriter } from './rowWriter.ts';

/** Writes public groups and queues with their members. Roles and users must be there. */
export function seedGroups(store: Store, writer: RowWriter, metadata: OrgMetadata): void {
  writer.insert('Group', { Name: 'All Internal Users', DeveloperName: 'AllInternalUsers', Type: 'Organization' });
  for (const group of metadata.groups) {
    writer.insert('Group', {
      Name: group.name,
      DeveloperName: group.developerName,
      Type: 'Regular',
      DoesIncludeBosses: group.includesBosses,
    });
  }
  for (const queue of metadata.queues) {
    const id = writer.insert('Group', {
      Name: queue.name,
      DeveloperName: queue.developerName,
      Type: 'Queue',
      Email: queue.email,
      DoesSendEmailToMembers: queue.sendsEmail,
    });
    for (const object of queue.objects) writer.insert('QueueSobject', { QueueId: id, SobjectType: object });
    for (const member of membersOf(store, queue.members)) {
      writer.insert('GroupMember', { GroupId: id, UserOrGroupId: member });
    }
  }
}

/** Users of a file seldom exist in another org; deploying there fails, here they are left out. */
function membersOf(store: Store, members: OrgMetadata['queues'][number]['members']): string[] {
  const { users, groups, roles, rolesAndSubordinates } = members;
  return [
    ...users.map((name) => idOfRecord(store, 'User', 'Username', name)),
    ...groups.map((name) => idOfRecord(store, 'Group', 'DeveloperName', name)),
    ...roles.map((name) => roleGroup(store, name, 'Role')),
    ...rolesAndSubordinates.map((name) => roleGroup(store, name, 'RoleAndSubordinates')),
  ].filter((id) => id !== null);
}

/** The id of the record that has a value in an indexed field, or null. */
export function idOfRecord(store: Store, object: string, field: string, value: string): string | null {
  const [row] = store.tableOf(object).find(field, value);
  return row ? (row['Id'] as string) : null;
}

function roleGroup(store: Store, role: string, type: string): string | null {
  const roleId = idOfRecord(store, 'UserRole', 'DeveloperName', role);
  const groups = roleId === null ? [] : store.tableOf('Group').find('RelatedId', roleId);
  return (groups.find((group) => group['Type'] === type)?.['Id'] as string | undefined) ?? null;
}
