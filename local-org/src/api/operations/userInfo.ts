import type { Engine } from '../../engine/engine.ts';

/** Answer of `/services/oauth2/userinfo` and of the identity address; null where there is no such user. */
export interface UserInfo {
  readonly userId: string;
  readonly organizationId: string;
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly timeZone: string;
  readonly locale: string;
  readonly language: string;
}

export function userInfo(engine: Engine, userId: string): UserInfo | null {
  const user = engine.records.user(userId);
  if (!user) return null;
  const email = engine.records.readSystem('User', user.id)?.['Email'];
  return {
    userId: user.id,
    organizationId: engine.records.organizationId,
    username: user.username,
    name: user.name,
    email: typeof email === 'string' ? email : null,
    timeZone: user.timeZone,
    locale: user.locale,
    language: user.language,
  };
}
