import type { OrgMetadata } from '../schema/orgMetadata.ts';
import type { RowWriter } from './rowWriter.ts';

/** Permission set groups of the project with the permission sets in them, which are found by name. */
export function seedPermissionGroups(
  writer: RowWriter,
  groups: OrgMetadata['permissionSetGroups'],
  permissionSets: ReadonlyMap<string, string>,
): void {
  for (const group of groups) {
    const groupId = writer.insert('PermissionSetGroup', {
      DeveloperName: group.name,
      MasterLabel: group.label,
      Language: 'en_US',
      Status: 'Updated',
    });
    for (const name of group.permissionSets) {
      const setId = permissionSets.get(name);
      if (setId === undefined)
        throw new Error(`permission set group ${group.name} names ${name}, which the project has not`);
      writer.insert('PermissionSetGroupComponent', { PermissionSetGroupId: groupId, PermissionSetId: setId });
    }
  }
}
