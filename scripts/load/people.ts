import type { Connection } from 'jsforce';
import { CommandError } from '../org/commandError.ts';
import { insertAll, literal, queryAll } from '../org/connection.ts';

/** A role; the parent's key must come earlier in the list. */
export interface RoleSpec {
  readonly key: string;
  readonly name: string;
  readonly parentKey: string | null;
}

/** A person, or the routing user, of an org that is filled. */
export interface PersonSpec {
  /** What the rest of the data calls this person. */
  readonly key: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly username: string;
  readonly email: string;
  readonly title: string;
  readonly profile: string;
  readonly roleKey: string | null;
  readonly managerKey: string | null;
  readonly timeZone: string;
  readonly permissionSets: readonly string[];
  /** Developer names of the queues of which this person is a member. */
  readonly queues: readonly string[];
}

export interface People {
  readonly roles: readonly RoleSpec[];
  readonly persons: readonly PersonSpec[];
}

/**
 * Creates roles, users, their permission sets and queue memberships. All of these are setup objects, which must not
 * share a transaction with others. Answers user ids by key.
 */
export async function loadPeople(connection: Connection, people: People): Promise<Map<string, string>> {
  const roleIds = await loadRoles(connection, people.roles);
  const profileIds = await idsByName(connection, 'Profile', 'Name', new Set(people.persons.map((one) => one.profile)));
  const userIds = new Map<string, string>();
  // Managers first, since the others point at them.
  for (const level of levels(people.persons)) {
    const ids = await insertAll(
      connection,
      'User',
      level.map((person) => ({
        FirstName: person.firstName,
        LastName: person.lastName,
        Username: person.username,
        Email: person.email,
        Alias: person.key.replace(/\W/g, '').slice(-8),
        Title: person.title,
        ProfileId: profileIds.get(person.profile),
        UserRoleId: person.roleKey === null ? undefined : roleIds.get(person.roleKey),
        ManagerId: person.managerKey === null ? undefined : userIds.get(person.managerKey),
        TimeZoneSidKey: person.timeZone,
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
      })),
    );
    level.forEach((person, index) => userIds.set(person.key, ids[index] ?? ''));
  }
  await assignPermissionSets(connection, people.persons, userIds);
  await joinQueues(connection, people.persons, userIds);
  return userIds;
}

async function loadRoles(connection: Connection, roles: readonly RoleSpec[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const level of levels(roles.map((role) => ({ ...role, managerKey: role.parentKey })))) {
    const created = await insertAll(
      connection,
      'UserRole',
      level.map(({ key, name, parentKey }) => ({
        Name: name,
        DeveloperName: key,
        OpportunityAccessForAccountOwner: 'None',
        ParentRoleId: parentKey === null ? undefined : ids.get(parentKey),
      })),
    );
    level.forEach(({ key }, index) => ids.set(key, created[index] ?? ''));
  }
  return ids;
}

interface Ranked {
  readonly key: string;
  readonly managerKey: string | null;
}

/** Each level points only at levels before it. */
function levels<T extends Ranked>(all: readonly T[]): T[][] {
  const placed = new Set<string>();
  const result: T[][] = [];
  let left = [...all];
  while (left.length > 0) {
    const level = left.filter(({ managerKey }) => managerKey === null || placed.has(managerKey));
    if (level.length === 0) throw new CommandError(`${left[0]?.key ?? ''} stands under somebody who does not exist.`);
    for (const { key } of level) placed.add(key);
    left = left.filter(({ key }) => !placed.has(key));
    result.push(level);
  }
  return result;
}

async function assignPermissionSets(
  connection: Connection,
  persons: readonly PersonSpec[],
  userIds: ReadonlyMap<string, string>,
): Promise<void> {
  const names = new Set(persons.flatMap((person) => person.permissionSets));
  const ids = await idsByName(connection, 'PermissionSet', 'Name', names);
  const assignments = persons.flatMap((person) =>
    person.permissionSets.map((name) => ({
      AssigneeId: userIds.get(person.key),
      PermissionSetId: ids.get(name),
    })),
  );
  await insertAll(connection, 'PermissionSetAssignment', assignments);
}

async function joinQueues(
  connection: Connection,
  persons: readonly PersonSpec[],
  userIds: ReadonlyMap<string, string>,
): Promise<void> {
  const names = new Set(persons.flatMap((person) => person.queues));
  const ids = await idsByName(connection, 'Group', 'DeveloperName', names);
  const members = persons.flatMap((person) =>
    person.queues.map((queue) => ({ GroupId: ids.get(queue), UserOrGroupId: userIds.get(person.key) })),
  );
  await insertAll(connection, 'GroupMember', members);
}

interface NamedRow {
  Id: string;
  Name?: string;
  DeveloperName?: string;
}

/** @throws CommandError naming what the org has not */
async function idsByName(
  connection: Connection,
  object: string,
  field: 'Name' | 'DeveloperName',
  names: ReadonlySet<string>,
): Promise<Map<string, string>> {
  if (names.size === 0) return new Map();
  const list = [...names].map(literal).join(', ');
  const rows = await queryAll<NamedRow>(connection, `SELECT Id, ${field} FROM ${object} WHERE ${field} IN (${list})`);
  const ids = new Map(rows.map((row) => [row[field] ?? '', row.Id]));
  const missing = [...names].filter((name) => !ids.has(name));
  if (missing.length > 0) {
    throw new CommandError(`The org has no ${object} called ${missing.join(', ')}: deploy the package to it first.`);
  }
  return ids;
}
