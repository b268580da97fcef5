import type { OrgRecords } from '../../../engine/records.ts';
import type { OrgMetadata } from '../../../schema/orgMetadata.ts';

/** Who may run every class: the permission Author Apex. */
const AUTHORS = 'System Administrator';
/** Profiles have other names in metadata than on the page. */
const SHOWN: Readonly<Record<string, string>> = { Admin: 'System Administrator', Standard: 'Standard User' };

/** Whether a user's profile or permission sets enable a class, which an entry from outside needs. */
export function classAccess(
  metadata: OrgMetadata,
  records: OrgRecords,
): (userId: string, className: string) => boolean {
  const enabled = (classes: readonly string[], name: string) =>
    classes.some((one) => one.toLowerCase() === name.toLowerCase());
  return (userId, className) => {
    const profileId = records.readSystem('User', userId)?.['ProfileId'];
    const profile = typeof profileId === 'string' ? records.readSystem('Profile', profileId)?.['Name'] : undefined;
    if (profile === AUTHORS) return true;
    const granted = new Set(records.grantsOf(userId));
    return (
      metadata.permissionSets.some((set) => granted.has(set.name) && enabled(set.classes, className)) ||
      metadata.profiles.some(({ name, classes }) => (SHOWN[name] ?? name) === profile && enabled(classes, className))
    );
  };
}
