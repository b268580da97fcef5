import type { Connection } from 'jsforce';

/** Who there is: a permission set each, and a user with none. */
export const ROLES = ['Representative', 'Manager', 'Operations', 'Auditor', 'Integration', 'Engine', 'None'] as const;
export type Role = (typeof ROLES)[number];

/** Records that operations on them need. */
export interface Subjects {
  readonly ownLead: string;
  readonly ownDecision: string;
  /** Of a colleague, in no role below. */
  readonly otherDecision: string;
  readonly policy: string;
  readonly policyToDelete: string;
  readonly error: string;
  readonly profile: string;
}

/** Something that somebody may or may not do over the API. */
export interface Door {
  readonly what: string;
  readonly may: readonly Role[];
  /** Does it. Answers whether it was done; a refusal may also be thrown. */
  readonly attempt: (connection: Connection, subjects: Subjects) => Promise<boolean>;
}

const READERS: readonly Role[] = ['Manager', 'Operations', 'Auditor'];

/** Every door of the API, and who may come through it. */
export const DOORS: readonly Door[] = [
  {
    what: "read a decision about one's own lead",
    may: ['Representative', ...READERS, 'Integration'],
    attempt: (as, { ownDecision }) => finds(as, 'AI_Lead_Routing_Decision__c', ownDecision),
  },
  {
    what: "read a decision about a colleague's lead",
    may: ['Operations', 'Auditor', 'Integration'],
    attempt: (as, { otherDecision }) => finds(as, 'AI_Lead_Routing_Decision__c', otherDecision),
  },
  {
    what: 'change a decision',
    may: [],
    attempt: (as, { ownDecision }) => changes(as, 'AI_Lead_Routing_Decision__c', { Id: ownDecision, Rating__c: 1 }),
  },
  {
    what: 'delete a decision',
    may: [],
    attempt: (as, { ownDecision }) => deletes(as, 'AI_Lead_Routing_Decision__c', ownDecision),
  },
  {
    what: 'forge a decision',
    may: [],
    attempt: (as, { ownLead }) =>
      creates(as, 'AI_Lead_Routing_Decision__c', { Lead__c: ownLead, Outcome__c: 'Assigned' }),
  },
  {
    what: "read the score of one's own lead",
    may: ['Representative', ...READERS, 'Integration'],
    attempt: (as, { ownLead }) => finds(as, 'Lead', ownLead, 'AI_Score__c'),
  },
  ...['AI_Score__c', 'AI_Routing_Status__c', 'AI_Routing_Trace_Id__c', 'AI_First_Contacted_At__c'].map((field) => ({
    what: `change ${field} of one's own lead`,
    may: [],
    attempt: (as: Connection, { ownLead }: Subjects) =>
      changes(as, 'Lead', { Id: ownLead, [field]: VALUES[field] ?? 'Forged' }),
  })),
  {
    what: "change a signal (Intent_Score__c) of one's own lead",
    may: ['Integration'],
    attempt: (as, { ownLead }) => changes(as, 'Lead', { Id: ownLead, Intent_Score__c: 5 }),
  },
  {
    what: 'read a policy',
    may: READERS,
    attempt: (as, { policy }) => finds(as, 'Routing_Policy__c', policy, 'Minimum_Confidence__c'),
  },
  {
    what: 'change a policy',
    may: ['Operations'],
    attempt: (as, { policy }) => changes(as, 'Routing_Policy__c', { Id: policy, Minimum_Confidence__c: 0.5 }),
  },
  {
    what: 'read a profile',
    may: [...READERS, 'Integration'],
    attempt: (as, { profile }) => finds(as, 'Rep_Profile__c', profile),
  },
  {
    what: 'change a profile',
    may: ['Operations'],
    attempt: (as, { profile }) => changes(as, 'Rep_Profile__c', { Id: profile, Daily_Cap__c: 50 }),
  },
  {
    what: 'enter an absence',
    may: ['Operations', 'Integration'],
    attempt: (as, { profile }) =>
      creates(as, 'Rep_Absence__c', {
        Rep_Profile__c: profile,
        Starts_At__c: '2001-01-01T00:00:00Z',
        Ends_At__c: '2001-01-02T00:00:00Z',
      }),
  },
  {
    what: 'write an evaluation',
    may: ['Integration'],
    attempt: (as) =>
      creates(as, 'Routing_Evaluation__c', {
        Period_Start__c: '2026-01-01',
        Period_End__c: '2026-01-31',
        Scope__c: 'Test',
        Verdict__c: 'Not Enough Data',
      }),
  },
  {
    what: 'read errors',
    may: ['Operations', 'Auditor'],
    attempt: (as) => queries(as, 'SELECT Id, Message__c FROM Routing_Error__c'),
  },
  {
    what: 'mark an error resolved',
    may: ['Operations'],
    attempt: (as, { error }) => changes(as, 'Routing_Error__c', { Id: error, Resolved__c: true }),
  },
  {
    what: 'delete a policy of somebody else',
    may: ['Operations'],
    attempt: (as, { policyToDelete }) => deletes(as, 'Routing_Policy__c', policyToDelete),
  },
  {
    what: 'start a run by a record',
    may: [],
    attempt: (as) => creates(as, 'Routing_Run__c', { Kind__c: 'Backfill', Filter__c: "Name != ''" }),
  },
  {
    what: 'read what was erased, and who asked for it',
    may: ['Operations', 'Auditor'],
    attempt: (as) => queries(as, 'SELECT Id, Requested_By__c, Decisions__c FROM Routing_Erasure__c'),
  },
  {
    what: 'forge an erasure',
    may: [],
    attempt: (as) => creates(as, 'Routing_Erasure__c', { Status__c: 'Completed' }),
  },
  {
    what: 'turn the kill switch by its setting',
    may: [],
    attempt: async (as) => {
      const { records } = await as.query<{ Id: string }>('SELECT Id FROM Routing_Settings__c LIMIT 1');
      return changes(as, 'Routing_Settings__c', { Id: records[0]?.Id ?? '', Enabled__c: true });
    },
  },
];

const VALUES: Readonly<Record<string, string | number>> = {
  AI_Score__c: 99,
  AI_Routing_Status__c: 'Routed',
  AI_First_Contacted_At__c: '2026-01-01T00:00:00Z',
};

/** The page that people read. */
export function permissionsPage(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '# Who may do what',
    '',
    'Over the API, as tried by `scripts/test/permissions.test.ts`, which also checks this table. The services that pages and',
    'flows call are tried by `PermissionMatrixTest`. A representative is tried on a lead that he or she owns; so is everybody else.',
    '',
    row(['', ...ROLES]),
    row(['---', ...ROLES.map(() => '---')]),
    ...DOORS.map(({ what, may }) => row([what, ...ROLES.map((role) => (may.includes(role) ? 'yes' : '–'))])),
    '',
  ].join('\n');
}

async function finds(as: Connection, object: string, id: string, field = 'Id'): Promise<boolean> {
  const { records } = await as.query(`SELECT Id, ${field} FROM ${object} WHERE Id = '${id}'`.replace('Id, Id', 'Id'));
  return records.length === 1;
}

async function queries(as: Connection, soql: string): Promise<boolean> {
  await as.query(soql);
  return true;
}

async function changes(
  as: Connection,
  object: string,
  record: { Id: string; [field: string]: unknown },
): Promise<boolean> {
  return (await as.sobject(object).update(record)).success;
}

async function creates(as: Connection, object: string, record: Record<string, unknown>): Promise<boolean> {
  return (await as.sobject(object).create(record)).success;
}

async function deletes(as: Connection, object: string, id: string): Promise<boolean> {
  return (await as.sobject(object).destroy(id)).success;
}
