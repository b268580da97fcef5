import { raise, required } from '../../values/exception.ts';
import { keyPrefixOf, readId } from '../../values/id.ts';
import { platformClass } from '../define.ts';

/** USER_MODE or SYSTEM_MODE. */
export class AccessLevelValue {
  static readonly apexName = 'System.AccessLevel';
  readonly mode: 'user' | 'system';
  /** A permission set that counts besides those of the user. */
  readonly permissionSet: string | null;

  constructor(mode: 'user' | 'system', permissionSet: string | null = null) {
    this.mode = mode;
    this.permissionSet = permissionSet;
  }

  toString(): string {
    return `AccessLevel:[${this.mode === 'user' ? 'USER_MODE' : 'SYSTEM_MODE'}]`;
  }
}

const USER = new AccessLevelValue('user');
const SYSTEM = new AccessLevelValue('system');

/** Only user mode asks for permissions. The text for an id that is none of a permission set is unverified. */
function withPermissionSet(level: AccessLevelValue, id: string | null): AccessLevelValue {
  const set = readId(required(id));
  if (set === null || keyPrefixOf(set) !== '0PS') {
    return raise('System.IllegalArgumentException', `Invalid permission set ID: ${id}`);
  }
  return new AccessLevelValue(level.mode, set);
}

export const AccessLevelClass = platformClass('System.AccessLevel', {
  'static get AccessLevel USER_MODE': () => USER,
  'static get AccessLevel SYSTEM_MODE': () => SYSTEM,
  'AccessLevel withPermissionSetId(String)': withPermissionSet,
});
