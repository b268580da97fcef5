import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Connection } from 'jsforce';
import { startOrg } from '../../../local-org/src/index.ts';
import type { FaultsBody, Org } from '../../../local-org/src/index.ts';
import { loadPeople } from '../../load/people.ts';
import type { PersonSpec } from '../../load/people.ts';
import { loadRoutingSetup, switchRoutingOn } from '../../load/routingSetup.ts';
import { person, routingUsername, staff } from '../../load/staff.ts';
import { connect, queryAll } from '../../org/connection.ts';
import type { NewRecord } from '../../org/connection.ts';
import { PROJECT_ROOT } from '../../org/projectRoot.ts';
import { startStubService } from './stubService.ts';
import type { StubService } from './stubService.ts';

const DOMAIN = 'test-org.example.com';
const CREDENTIAL = 'AI_Scoring_Service';
const TOP_ROLE = 'Test_Top';
const TRIGGER_META = `<?xml version="1.0" encoding="UTF-8"?>
<ApexTrigger xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>67.0</apiVersion>
    <status>Active</status>
</ApexTrigger>
`;

/** A running org with the package, representatives of one territory, and a service that tests command. */
export interface TestOrg {
  readonly org: Org;
  readonly service: StubService;
  /** As the administrator. */
  readonly admin: Connection;
  /** User ids by the key of the person. */
  readonly userIds: ReadonlyMap<string, string>;
  readonly profileIds: ReadonlyMap<string, string>;
  /** As somebody who was named in `persons`. */
  as(key: string): Promise<Connection>;
  faults(body: FaultsBody): Promise<void>;
  /** Waits until nothing runs or is queued. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface TestOrgOptions {
  readonly representatives: number;
  /** Who else is there; each can log in. */
  readonly persons?: readonly PersonSpec[];
  readonly policy?: NewRecord;
  readonly dailyCaps?: readonly (number | null)[];
  /** Triggers of the org itself, by name: other automation than the package's. */
  readonly triggers?: Readonly<Record<string, string>>;
  /** Other metadata of the org itself, by its path in a package. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A person of the test org. */
export function testPerson(
  key: string,
  permissionSets: readonly string[],
  details: Partial<PersonSpec> = {},
): PersonSpec {
  return person(DOMAIN, {
    key,
    firstName: 'Test',
    lastName: key,
    title: 'Made by a test',
    timeZone: 'Europe/Berlin',
    permissionSets,
    username: `${key}@${DOMAIN}`,
    ...details,
  });
}

/** Starts everything on free ports. Whoever starts it closes it. */
export async function startTestOrg(options: TestOrgOptions): Promise<TestOrg> {
  const service = await startStubService();
  const persons = options.persons ?? [];
  const apps = persons.map(({ username }) => ({ clientId: username, clientSecret: secret(), username }));
  const { triggers, metadata } = options;
  const project = triggers === undefined && metadata === undefined ? null : projectWith(triggers ?? {}, metadata ?? {});
  const org = await startOrg({
    projectDir: project ?? PROJECT_ROOT,
    cacheDir: join(PROJECT_ROOT, '.local-org'),
    credentials: { [CREDENTIAL]: { clientId: 'org', clientSecret: secret(), tokenUrl: `${service.url}/oauth/token` } },
    endpoints: { [CREDENTIAL]: service.url },
    subscriberUsers: Object.fromEntries(
      ['LeadRoutingRequestedTrigger', 'LeadRoutedTrigger'].map((name) => [name, routingUsername(DOMAIN)]),
    ),
    apps,
  }).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await org.close();
    await service.close();
    if (project !== null) rmSync(project, { recursive: true });
  };
  try {
    const admin = await connect(org);
    const { userIds, profileIds } = await fill(admin, options, persons);
    return {
      org,
      service,
      admin,
      userIds,
      profileIds,
      as: (key) => {
        const app = apps[persons.findIndex((one) => one.key === key)];
        if (app === undefined) throw new Error(`The test org has no person ${key} who can log in.`);
        return connect({ url: org.url, clientId: app.clientId, clientSecret: app.clientSecret });
      },
      faults: (body) => request(`${org.url}/_local/faults`, body),
      idle: () => request(`${org.url}/_local/idle`),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A copy of the package with some triggers and other metadata more. */
function projectWith(triggers: Readonly<Record<string, string>>, metadata: Readonly<Record<string, string>>): string {
  const project = mkdtempSync(join(tmpdir(), 'test-org-'));
  for (const name of ['force-app', 'sfdx-project.json']) {
    cpSync(join(PROJECT_ROOT, name), join(project, name), { recursive: true });
  }
  const folder = join(project, 'force-app', 'triggers');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(triggers)) {
    writeFileSync(join(folder, `${name}.trigger`), text);
    writeFileSync(join(folder, `${name}.trigger-meta.xml`), TRIGGER_META);
  }
  for (const [path, text] of Object.entries(metadata)) {
    const file = join(project, 'force-app', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return project;
}

async function fill(
  admin: Connection,
  { representatives, policy, dailyCaps }: TestOrgOptions,
  persons: readonly PersonSpec[],
): Promise<Pick<TestOrg, 'userIds' | 'profileIds'>> {
  const reps = Array.from({ length: representatives }, (_, index) => {
    const key = `rep-${String(index + 1).padStart(2, '0')}`;
    return persons.find((one) => one.key === key) ?? testPerson(key, ['AI_Routing_Representative']);
  });
  const others = persons.filter((one) => !reps.includes(one));
  const userIds = await loadPeople(admin, {
    roles: [{ key: TOP_ROLE, name: 'Test Top', parentKey: null }],
    persons: [...staff(DOMAIN, TOP_ROLE, 'Europe/Berlin').slice(0, 1), ...reps, ...others],
  });
  const profileIds = await loadRoutingSetup(
    admin,
    {
      territories: [{ Code__c: 'DE', Name: 'Germany', Countries__c: 'Germany', Sort_Order__c: 1 }],
      reps: reps.map(({ key }, index) => ({
        personKey: key,
        name: key,
        kind: 'Account Executive',
        languages: ['de', 'en'],
        skills: [],
        capacity: null,
        dailyCap: dailyCaps?.[index] ?? null,
        territories: { DE: 'Primary' },
      })),
      policies: [
        {
          Name: 'Test: route everything',
          Active__c: true,
          Sort_Order__c: 1,
          Mode__c: 'Auto',
          Response_Hours__c: 4,
          Review_Queue__c: 'AI_Routing_Review',
          ...policy,
        },
      ],
      reasons: [],
    },
    userIds,
  );
  await switchRoutingOn(admin);
  return { userIds, profileIds };
}

/** Leads of the territory, each of another company. */
export function testLeads(prefix: string, count: number): NewRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    FirstName: 'Ludwig',
    LastName: `${prefix}mann ${index}`,
    Company: `${prefix} Werke ${index}`,
    Email: `ludwig@${prefix.toLowerCase()}${index}.example.org`,
    Country: 'Germany',
    LeadSource: 'Web',
  }));
}

/** A lead with its decision. */
export interface DecidedLead {
  readonly Id: string;
  readonly OwnerId: string;
  readonly AI_Routing_Status__c: string | null;
  readonly AI_Current_Decision__r: { readonly Outcome__c: string; readonly Cause__c: string | null } | null;
}

/** The leads whose company begins with the prefix. */
export function decidedLeads(connection: Connection, prefix: string): Promise<DecidedLead[]> {
  return queryAll<DecidedLead>(
    connection,
    'SELECT Id, OwnerId, AI_Routing_Status__c, AI_Current_Decision__r.Outcome__c, AI_Current_Decision__r.Cause__c ' +
      `FROM Lead WHERE Company LIKE '${prefix} Werke%'`,
  );
}

/** How many of each value there are. */
export function tally(values: readonly (string | null | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value ?? 'none'] = (counts[value ?? 'none'] ?? 0) + 1;
  return counts;
}

async function request(url: string, body?: object): Promise<void> {
  const answer = await fetch(
    url,
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}
