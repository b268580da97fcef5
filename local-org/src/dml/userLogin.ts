import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import type { SaveRow } from './save.ts';
import { stamp } from './systemFields.ts';

/** User names are kept in lower case, however they are written. Source: Object Reference, User, Username ("all lowercase"). */
export function lowerUsername({ object, record }: SaveRow): void {
  const username = object.name === 'User' ? record?.fields['Username'] : null;
  if (record && typeof username === 'string') record.fields['Username'] = username.toLowerCase();
}

/** Every user has a UserLogin, on which an administrator freezes the user. Source: Object Reference, UserLogin. */
export function addUserLogin(store: Store, row: SaveRow, user: Row): void {
  if (row.object.name !== 'User' || !row.created) return;
  const logins = store.tableOf('UserLogin');
  const login = { ...logins.blankRow(), Id: store.newId(logins.object), UserId: user['Id'] };
  stamp(logins.object, login, true);
  store.insert(logins, login);
}
