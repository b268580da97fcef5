import type { Connection } from 'jsforce';
import { insertAll, insertOne, queryOne } from '../org/connection.ts';
import type { NewRecord } from '../org/connection.ts';
import type { PerformanceRow } from './performance.ts';

/** A representative as routing sees one. */
export interface RepSpec {
  /** The key of the person. */
  readonly personKey: string;
  readonly name: string;
  readonly kind: 'Account Executive' | 'SDR' | 'Reseller' | 'Referral Partner';
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  readonly capacity: number | null;
  readonly dailyCap: number | null;
  /** Role by the code of the territory. */
  readonly territories: Readonly<Record<string, 'Primary' | 'Backup'>>;
}

/** What sales operations would enter: all by the field names of the objects, but references by key. */
export interface RoutingSetup {
  /** Each with its Code__c. */
  readonly territories: readonly (NewRecord & { readonly Code__c: string })[];
  readonly reps: readonly RepSpec[];
  readonly policies: readonly NewRecord[];
  readonly reasons: readonly NewRecord[];
}

/** Creates territories, profiles, memberships, reasons and policies. Answers profile ids by the key of the person. */
export async function loadRoutingSetup(
  connection: Connection,
  setup: RoutingSetup,
  userIds: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const territoryIds = await insertAll(connection, 'Routing_Territory__c', setup.territories);
  const idByCode = new Map(setup.territories.map(({ Code__c }, index) => [Code__c, territoryIds[index] ?? '']));
  const profileIds = await insertAll(
    connection,
    'Rep_Profile__c',
    setup.reps.map((rep) => ({
      Name: rep.name,
      User__c: userIds.get(rep.personKey),
      Active__c: true,
      Kind__c: rep.kind,
      Languages__c: rep.languages.join('\n'),
      Skills__c: rep.skills.join('\n'),
      Capacity__c: rep.capacity,
      Daily_Cap__c: rep.dailyCap,
      Weight__c: 1,
    })),
  );
  await insertAll(
    connection,
    'Rep_Territory__c',
    setup.reps.flatMap((rep, index) =>
      Object.entries(rep.territories).map(([code, role]) => ({
        Rep_Profile__c: profileIds[index],
        Routing_Territory__c: idByCode.get(code),
        Role__c: role,
      })),
    ),
  );
  await insertAll(connection, 'AI_Routing_Reason__c', setup.reasons);
  await insertAll(connection, 'Routing_Policy__c', setup.policies);
  return new Map(setup.reps.map((rep, index) => [rep.personKey, profileIds[index] ?? '']));
}

/** Stores the records of representatives. */
export async function loadPerformance(
  connection: Connection,
  rows: readonly PerformanceRow[],
  profileIds: ReadonlyMap<string, string>,
): Promise<void> {
  await insertAll(
    connection,
    'Rep_Performance__c',
    rows.map((row) => {
      const profileId = profileIds.get(row.repKey) ?? '';
      return {
        Rep_Profile__c: profileId,
        Dimension__c: row.dimension,
        Value__c: row.value === '' ? undefined : row.value,
        Won__c: row.won,
        Lost__c: row.lost,
        Expected_Won__c: row.expectedWon,
        Median_Days_To_Close__c: row.medianDaysToClose,
        Median_First_Response_Minutes__c: row.medianResponseMinutes,
        Key__c: `${profileId}:${row.dimension}:${row.value}`,
      };
    }),
  );
}

/** Switches routing on for this very org. From here on inserted leads are routed. */
export async function switchRoutingOn(connection: Connection): Promise<void> {
  const { Id } = await queryOne<{ Id: string }>(
    connection,
    'SELECT Id FROM Organization',
    'Every org has an Organization record; this is not a Salesforce org.',
  );
  await insertOne(connection, 'Routing_Settings__c', {
    SetupOwnerId: Id,
    Enabled__c: true,
    Enabled_For_Org_Id__c: Id,
  });
}
