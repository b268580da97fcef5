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
    // What a group grants shows as a permission set of its own. Source: octoberswimmer/aer-dist, issue 450
    writer.insert('PermissionSet', {
      Name: group.name,
      Label: group.label,
      PermissionSetGroupId: groupId,
      Type: 'Group',
      IsOwnedByProfile: false,
      IsCustom: true,
    });
    for (const name of group.permissionSets) {
      const setId = permissionSets.get(name);
      if (setId === undefined)
        throw new Error(`permission set group ${group.name} names ${name}, which the project has not`);
      writer.insert('PermissionSetGroupComponent', { PermissionSetGroupId: groupId, PermissionSetId: setId });
    }
  }
}
