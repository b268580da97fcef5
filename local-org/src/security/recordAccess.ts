import type { FieldDescriptor, ObjectDescriptor } from '../schema/descriptor.ts';
import { historyParent } from '../schema/historyObjects.ts';
import type { Row } from '../store/row.ts';
import type { Store } from '../store/store.ts';
import { keyPrefixOf } from '../values/id.ts';
import type { Principals } from './principals.ts';
import type { UserRights } from './userRights.ts';

/** What may be done with a record, each including those before. */
export type Level = 'read' | 'edit' | 'delete';

export type RowTest = (row: Row) => boolean;

/** More masters above one another than the platform allows (two): nobody has access. Metadata may go round in a circle. */
const MOST_MASTERS = 10;

/** Record access of one user: organisation-wide defaults, ownership, role hierarchy, queues and shares. */
export class RecordAccess {
  readonly #store: Store;
  readonly #userId: string;
  readonly #rights: UserRights;
  readonly #principals: Principals;
  readonly #shareOf: (object: ObjectDescriptor) => ObjectDescriptor | null;

  constructor(
    store: Store,
    userId: string,
    rights: UserRights,
    principals: Principals,
    shareOf: (object: ObjectDescriptor) => ObjectDescriptor | null,
  ) {
    this.#store = store;
    this.#userId = userId;
    this.#rights = rights;
    this.#principals = principals;
    this.#shareOf = shareOf;
  }

  /** The test whether a row may be read, edited or deleted; null where every row may. */
  test(object: ObjectDescriptor, level: Level, depth = 0): RowTest | null {
    const rights = this.#rights.object(object);
    if (rights.modifyAll || (level === 'read' && rights.viewAll)) return null;
    if (object.shareOf) return this.#sharesTest(object, object.shareOf, level, depth);
    const past = historyParent(object);
    if (past) return this.#historyTest(past, depth);
    if (object.name === 'User') {
      // Who manages users has all rights on the object.
      return level === 'read' ? null : (row) => row['Id'] === this.#userId;
    }
    if (object.name === 'Attachment') return this.#attachmentTest(level, depth);
    const owned = object.fields.has('ownerid') && object.name !== 'Group';
    const masters = [...object.fields.values()].filter((field) => field.masterDetail);
    if (object.name === 'Task' || object.name === 'Event') return this.#activityTest(object, level, depth);
    if (masters.length > 0) return this.#detailTest(masters, level, depth);
    if (object.sharingModel === 'ControlledByParent') return this.#contactTest(object, level, depth);
    if (!owned) return null;
    if (level === 'read' && object.sharingModel !== 'Private') return null;
    if (level === 'edit' && !['Private', 'Read'].includes(object.sharingModel)) return null;
    return this.#ownedTest(object, level);
  }

  #ownedTest(object: ObjectDescriptor, level: Level): RowTest {
    const share = this.#shareOf(object);
    const { users, groups } = this.#principals;
    return (row) => {
      const owner = row['OwnerId'];
      if (typeof owner === 'string' && (users.has(owner) || groups.has(owner))) return true;
      if (share && this.#isShared(share, row, level)) return true;
      return level === 'read' && object.name === 'Account' && this.#ownsChildOf(row);
    };
  }

  #isShared(share: ObjectDescriptor, row: Row, level: Level): boolean {
    const { shareOf } = share;
    if (!shareOf) return false;
    const { users, groups } = this.#principals;
    for (const entry of this.#store.table(share).find(shareOf.parentField, row['Id'])) {
      const who = String(entry['UserOrGroupId']);
      // The owner is known from the record itself.
      if (entry['RowCause'] === 'Owner' || (!users.has(who) && !groups.has(who))) continue;
      const granted = entry[shareOf.accessField];
      if (granted === 'All') return true;
      if (level === 'read' || (level === 'edit' && granted === 'Edit')) return true;
    }
    return false;
  }

  /** Who owns a contact, opportunity or case of an account may read the account. */
  #ownsChildOf(account: Row): boolean {
    const { users } = this.#principals;
    return ['Contact', 'Opportunity', 'Case'].some((name) => {
      return this.#store
        .tableOf(name)
        .find('AccountId', account['Id'])
        .some((row) => row['IsDeleted'] !== true && users.has(String(row['OwnerId'])));
    });
  }

  /** Details are read by who reads all masters, and changed by who may change them (or read, where that is enough). */
  #detailTest(masters: readonly FieldDescriptor[], level: Level, depth: number): RowTest | null {
    const tests = masters.flatMap((field) => {
      const needed = level === 'read' || field.writeRequiresMasterRead ? 'read' : 'edit';
      const test = this.#parentTest(field, needed, depth);
      return test ? [{ name: field.name, test }] : [];
    });
    return tests.length === 0 ? null : (row) => tests.every(({ name, test }) => passes(test, this.#store, row[name]));
  }

  #contactTest(object: ObjectDescriptor, level: Level, depth: number): RowTest | null {
    const account = object.fields.get('accountid');
    if (!account) return null;
    const needed = level === 'read' ? 'read' : 'edit';
    const test = this.#parentTest(account, needed, depth);
    const own = this.#ownedTest(object, level);
    // A contact without an account is private.
    return (row) => {
      const { AccountId: id } = row;
      return id === null ? own(row) : test === null || passes(test, this.#store, id);
    };
  }

  /** Activities are read by who reads what they are about; changed by their owner and above. */
  #activityTest(object: ObjectDescriptor, level: Level, depth: number): RowTest {
    const own = this.#ownedTest(object, level);
    if (level !== 'read') return own;
    return (row) => own(row) || ['WhatId', 'WhoId'].some((name) => this.#seesRecord(row[name], depth));
  }

  /** Attachments go by the record they hang on. Source: octoberswimmer/aer-dist, issue 214; of private ones Object Reference, Attachment */
  #attachmentTest(level: Level, depth: number): RowTest {
    const needed = level === 'read' ? 'read' : 'edit';
    return (row) => {
      if (row['IsPrivate'] === true && !this.#principals.users.has(String(row['OwnerId']))) return false;
      const id = row['ParentId'];
      const object = typeof id === 'string' ? this.#store.schema.byKeyPrefix(keyPrefixOf(id)) : null;
      if (!object || typeof id !== 'string' || !this.#rights.object(object)[needed]) return false;
      const test = this.test(object, needed, depth + 1);
      return test === null || passes(test, this.#store, id);
    };
  }

  #seesRecord(id: unknown, depth: number): boolean {
    if (typeof id !== 'string') return false;
    const object = this.#store.schema.byKeyPrefix(keyPrefixOf(id));
    const row = this.#store.byId(id);
    if (!object || !row) return false;
    const test = this.test(object, 'read', depth + 1);
    return test === null || test(row);
  }

  /** Shares are seen by who sees the record, and changed by its owner and above. */
  #sharesTest(
    object: ObjectDescriptor,
    shareOf: NonNullable<ObjectDescriptor['shareOf']>,
    level: Level,
    depth: number,
  ): RowTest | null {
    const lookup = object.fields.get(shareOf.parentField.toLowerCase());
    const test = lookup ? this.#parentTest(lookup, level === 'read' ? 'read' : 'delete', depth) : null;
    return test && ((row) => passes(test, this.#store, row[shareOf.parentField]));
  }

  /** The history of a record is seen by who sees the record. */
  #historyTest(lookup: FieldDescriptor, depth: number): RowTest | null {
    const test = this.#parentTest(lookup, 'read', depth);
    return test && ((row) => passes(test, this.#store, row[lookup.name]));
  }

  #parentTest(field: FieldDescriptor, level: Level, depth: number): RowTest | null {
    const parent = this.#store.schema.object(field.referenceTo[0] ?? '');
    if (!parent) return null;
    return depth > MOST_MASTERS ? () => false : this.test(parent, level, depth + 1);
  }
}

function passes(test: RowTest, store: Store, id: unknown): boolean {
  const row = typeof id === 'string' ? store.byId(id) : null;
  return row !== null && test(row);
}
