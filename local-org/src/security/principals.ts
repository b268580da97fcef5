import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';

/** In whose name a user has access: of the user, of everybody below in the role hierarchy, and of their groups. */
export interface Principals {
  /** The user and all who have a role below the user's. */
  readonly users: ReadonlySet<string>;
  /** Queues and public groups that any of these is in, directly or through other groups and roles. */
  readonly groups: ReadonlySet<string>;
}

/** Source: Salesforce Help, "Control Who Sees What": access goes up the role hierarchy, ownership by a queue to its members. */
export function principalsOf(store: Store, userId: string): Principals {
  const roles = store.tableOf('UserRole');
  const users = store.tableOf('User');
  const ownRole = store.byId(userId)?.['UserRoleId'];
  const below = typeof ownRole === 'string' ? rolesBelow(store, ownRole) : [];
  const people = new Set([userId]);
  for (const role of below) for (const user of users.find('UserRoleId', role)) people.add(user['Id'] as string);
  const ofRoles = [...people].flatMap((id) =>
    roleGroups(store, roles.byId(String(store.byId(id)?.['UserRoleId'] ?? ''))),
  );
  const everyone = store.tableOf('Group').find('DeveloperName', 'AllInternalUsers');
  // The set grows while it is gone through: groups are members of groups, in a circle at worst.
  const members = new Set([...people, ...ofRoles, ...everyone.map((row) => row['Id'] as string)]);
  for (const member of members) {
    for (const row of store.tableOf('GroupMember').find('UserOrGroupId', member)) members.add(row['GroupId'] as string);
  }
  return { users: people, groups: members.difference(people) };
}

function rolesBelow(store: Store, roleId: string): string[] {
  const table = store.tableOf('UserRole');
  const found = new Set([roleId]);
  for (const id of found) for (const child of table.find('ParentRoleId', id)) found.add(child['Id'] as string);
  return [...found].slice(1);
}

/** Groups that stand for a role itself, and for the role with all below it: of this role and of those above. */
function roleGroups(store: Store, role: Row | null): string[] {
  const found: string[] = [];
  const groups = store.tableOf('Group');
  const seen = new Set<string>();
  for (let at = role; at !== null; at = store.byId(String(at['ParentRoleId'] ?? ''))) {
    const id = at['Id'] as string;
    if (seen.has(id)) break;
    seen.add(id);
    for (const group of groups.find('RelatedId', id)) {
      if (group['Type'] !== 'Role' || at === role) found.push(group['Id'] as string);
    }
  }
  return found;
}
