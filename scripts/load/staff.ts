import type { PersonSpec } from './people.ts';

const STANDARD_PROFILE = 'Standard User';

type Details = Pick<PersonSpec, 'key' | 'firstName' | 'lastName' | 'title' | 'timeZone'> & Partial<PersonSpec>;

/** A person whose username and address are of this domain, without role, manager, permission sets and queues. */
export function person(domain: string, details: Details): PersonSpec {
  const name = `${details.firstName}.${details.lastName}`.toLowerCase().replace(/[^a-z.-]/g, '');
  return {
    username: `${name}@${domain}`,
    email: `${name}@${domain}`,
    profile: STANDARD_PROFILE,
    roleKey: null,
    managerKey: null,
    permissionSets: [],
    queues: [],
    ...details,
  };
}

/** The name of the routing user of a domain. It is entered in the org at start, since it can't be packaged. */
export function routingUsername(domain: string): string {
  return `routing.engine@${domain}`;
}

/** Those whom every org with the package has: the routing user, sales operations, an auditor. */
export function staff(domain: string, topRole: string, timeZone: string): PersonSpec[] {
  return [
    person(domain, {
      key: 'routing',
      firstName: 'Routing',
      lastName: 'Engine',
      title: 'The routing user',
      username: routingUsername(domain),
      timeZone,
      permissionSets: ['AI_Routing_Engine'],
    }),
    person(domain, {
      key: 'operations',
      firstName: 'Sales',
      lastName: 'Operations',
      title: 'Sales operations',
      roleKey: topRole,
      timeZone,
      permissionSets: ['AI_Routing_Operations'],
      queues: ['AI_Routing_Intake', 'AI_Routing_Review'],
    }),
    person(domain, {
      key: 'auditor',
      firstName: 'Internal',
      lastName: 'Audit',
      title: 'Auditor',
      timeZone,
      permissionSets: ['AI_Routing_Auditor'],
    }),
  ];
}
