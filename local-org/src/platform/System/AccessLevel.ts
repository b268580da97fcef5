import { platformClass } from '../define.ts';

/** USER_MODE or SYSTEM_MODE. */
export class AccessLevelValue {
  static readonly apexName = 'System.AccessLevel';
  readonly mode: 'user' | 'system';

  constructor(mode: 'user' | 'system') {
    this.mode = mode;
  }

  toString(): string {
    return `AccessLevel:[${this.mode === 'user' ? 'USER_MODE' : 'SYSTEM_MODE'}]`;
  }
}

const USER = new AccessLevelValue('user');
const SYSTEM = new AccessLevelValue('system');

export const AccessLevelClass = platformClass(
  'System.AccessLevel',
  {
    'static get AccessLevel USER_MODE': () => USER,
    'static get AccessLevel SYSTEM_MODE': () => SYSTEM,
  },
  { notBuilt: ['AccessLevel withPermissionSetId(String)'] },
);
