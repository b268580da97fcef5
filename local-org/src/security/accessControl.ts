import { current } from '../engine/current.ts';
import type { Access } from '../engine/data.ts';
import type { ObjectDescriptor } from '../schema/descriptor.ts';
import type { Store } from '../store/store.ts';
import { principalsOf } from './principals.ts';
import type { Principals } from './principals.ts';
import { RecordAccess } from './recordAccess.ts';
import type { Level, RowTest } from './recordAccess.ts';
import { UserRights } from './userRights.ts';

const RIGHTS_TABLES = [
  ...['User', 'Profile', 'PermissionSet', 'PermissionSetAssignment', 'ObjectPermissions', 'FieldPermissions'],
  ...['SetupEntityAccess', 'CustomPermission', 'PermissionSetGroup', 'PermissionSetGroupComponent'],
];
const PRINCIPAL_TABLES = ['User', 'UserRole', 'Group', 'GroupMember'];

/** Who may do what, computed from the records of users, permission sets, groups and shares. */
export class AccessControl {
  readonly #store: Store;
  readonly #shares: ReadonlyMap<string, ObjectDescriptor>;
  readonly #rights = new Map<string, UserRights>();
  readonly #principals = new Map<string, Principals>();
  #rightsVersion = '';
  #principalsVersion = '';

  constructor(store: Store) {
    this.#store = store;
    const shares = new Map<string, ObjectDescriptor>();
    for (const object of store.schema.objects()) if (object.shareOf) shares.set(object.shareOf.object, object);
    this.#shares = shares;
  }

  /** The object whose rows share records of this one; null where there is none. */
  shareObject(object: ObjectDescriptor): ObjectDescriptor | null {
    return this.#shares.get(object.name) ?? null;
  }

  /** @param permissionSet one that counts besides those of the user */
  rightsOf(userId: string, permissionSet?: string): UserRights {
    const version = this.#versionOf(RIGHTS_TABLES);
    if (version !== this.#rightsVersion) {
      this.#rights.clear();
      this.#rightsVersion = version;
    }
    const key = permissionSet === undefined ? userId : `${userId} ${permissionSet}`;
    let rights = this.#rights.get(key);
    if (!rights) {
      rights = new UserRights(this.#store, userId, permissionSet);
      this.#rights.set(key, rights);
    }
    return rights;
  }

  principalsOf(userId: string): Principals {
    const version = this.#versionOf(PRINCIPAL_TABLES);
    if (version !== this.#principalsVersion) {
      this.#principals.clear();
      this.#principalsVersion = version;
    }
    let principals = this.#principals.get(userId);
    if (!principals) {
      principals = principalsOf(this.#store, userId);
      this.#principals.set(userId, principals);
    }
    return principals;
  }

  #versionOf(tables: readonly string[]): string {
    return tables.map((name) => this.#store.tableOf(name).version).join();
  }

  /** The test whether the running user may read a row; null where access does not restrict rows. */
  visible(object: ObjectDescriptor, access: Access): RowTest | null {
    return this.#test(object, access, 'read');
  }

  editable(object: ObjectDescriptor, access: Access): RowTest | null {
    return this.#test(object, access, 'edit');
  }

  deletable(object: ObjectDescriptor, access: Access): RowTest | null {
    return this.#test(object, access, 'delete');
  }

  /** User mode always enforces sharing; in system mode the class says. */
  #test(object: ObjectDescriptor, access: Access, level: Level): RowTest | null {
    if (access.mode === 'system' && !access.sharing) return null;
    return this.recordAccess(current.tx.user.id).test(object, level);
  }

  recordAccess(userId: string): RecordAccess {
    return new RecordAccess(this.#store, userId, this.rightsOf(userId), this.principalsOf(userId), (object) =>
      this.shareObject(object),
    );
  }
}
