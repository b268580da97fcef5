import { current } from '../../engine/current.ts';
import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

/** A password that a user was given. */
class ResetPasswordResult {
  static readonly apexName = 'System.ResetPasswordResult';
  readonly password: string;

  constructor(password: string) {
    this.password = password;
  }
}

/** Passwords open nothing in a local org, so they are not kept. @throws for what is no user (unverified: type and text) */
function known(id: string | null): string {
  const user = current.tx.services.user(required(id));
  return user?.id ?? raise('System.InvalidParameterValueException', `Invalid user id: ${id}`);
}

export const passwordMembers = {
  'static void setPassword(Id, String)': (id: string | null, password: string | null): void => {
    known(id);
    required(password);
  },
  'static ResetPasswordResult resetPassword(Id, Boolean)': (id: string | null) =>
    new ResetPasswordResult(`pw-${known(id)}-${current.tx.services.now()}`),
} as const;

export const ResetPasswordResultClass = platformClass('System.ResetPasswordResult', {
  'String getPassword()': (result: ResetPasswordResult) => result.password,
  'get String password': (result: ResetPasswordResult) => result.password,
});
