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
  const groups = new Set<string>();
  const waiting: string[] = [...people];
  for (const id of people) waiting.push(...roleGroups(store, roles.byId(String(store.byId(id)?.['UserRoleId'] ?? ''))));
  for (const everyone of store.tableOf('Group').find('DeveloperName', 'AllInternalUsers')) {
    waiting.push(everyone['Id'] as string);
  }
  for (let member = waiting.pop(); member !== undefined; member = waiting.pop()) {
    if (!people.has(member)) {
      if (groups.has(member)) continue;
      groups.add(member);
    }
    for (const row of store.tableOf('GroupMember').find('UserOrGroupId', member))
      waiting.push(row['GroupId'] as string);
  }
  return { users: people, groups };
}

function rolesBelow(store: Store, roleId: string): string[] {
  const table = store.tableOf('UserRole');
  const found: string[] = [];
  const waiting = [roleId];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const child of table.find('ParentRoleId', id)) {
      const childId = child['Id'] as string;
      if (found.includes(childId)) continue;
      found.push(childId);
      waiting.push(childId);
    }
  }
  return found;
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
