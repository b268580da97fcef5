import type { RoleMetadata } from '../schema/orgMetadata.ts';
import type { RowWriter } from './rowWriter.ts';

/** Writes the role hierarchy, parents first, with the groups that stand for each role. */
export function seedRoles(writer: RowWriter, roles: readonly RoleMetadata[]): void {
  const ids = new Map<string, string>();
  const waiting = [...roles];
  while (waiting.length > 0) {
    const next = waiting.findIndex((role) => role.parent === null || ids.has(role.parent));
    // A parent that is missing has been reported; a circle is broken anywhere.
    const [role] = waiting.splice(Math.max(next, 0), 1);
    if (!role) break;
    const parent = role.parent === null ? null : (ids.get(role.parent) ?? null);
    const id = writer.insert('UserRole', { Name: role.name, DeveloperName: role.developerName, ParentRoleId: parent });
    ids.set(role.developerName, id);
    addRoleGroups(writer, id, role.developerName);
  }
}

/** Every role has a group of its holders, and one of these with all below. */
export function addRoleGroups(writer: RowWriter, roleId: string, developerName: string): void {
  for (const type of ['Role', 'RoleAndSubordinates']) {
    writer.insert('Group', { Name: developerName, DeveloperName: developerName, Type: type, RelatedId: roleId });
  }
}
