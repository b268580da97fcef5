import type { PersonSpec, RoleSpec } from '../load/people.ts';
import type { RepSpec } from '../load/routingSetup.ts';
import { person, staff } from '../load/staff.ts';
import type { Random } from './random.ts';
import { TERRITORIES } from './territories.ts';
import type { DemoTerritory } from './territories.ts';
import { FIRST_NAMES, INDUSTRIES, LAST_NAMES, PRODUCTS } from './vocabulary.ts';

/** Representatives by territory, 40 in all. */
const TEAM_SIZES: Readonly<Record<string, number>> = {
  DACH: 8,
  UKI: 7,
  NORDICS: 6,
  FRBNL: 6,
  'NA-EAST': 7,
  'NA-WEST': 6,
};

const SALES_ROLE = 'Demo_Sales';

/** Of all usernames and addresses; example.com is nobody's (RFC 2606). */
export const DEMO_DOMAIN = 'demo-org.example.com';

export interface DemoTeam {
  readonly roles: readonly RoleSpec[];
  readonly persons: readonly PersonSpec[];
  readonly reps: readonly DemoRep[];
}

/** A generated representative. */
export interface DemoRep extends RepSpec {
  readonly territory: DemoTerritory;
  /** Typical minutes until the first response. */
  readonly responseMinutes: number;
  /**
   * By how much this person wins more (or less) of the leads of an industry, in log-odds; drawn from N(0, 0.45), with
   * N(0, 0.2) of the person's own in it. This is all that there is to learn from the generated history.
   */
  readonly industryEffect: Readonly<Record<string, number>>;
}

/** Six territories with a manager each, 40 representatives, the routing user, operations and an auditor. */
export function generateTeam(random: Random): DemoTeam {
  const names = distinctNames(random.fork('names'));
  const roles: RoleSpec[] = [{ key: SALES_ROLE, name: 'Demo Sales', parentKey: null }];
  const persons: PersonSpec[] = staff(DEMO_DOMAIN, SALES_ROLE, 'Europe/Berlin');
  const reps: DemoRep[] = [];
  for (const territory of TERRITORIES) {
    const managerRole = `Demo_Manager_${roleName(territory.code)}`;
    const repRole = `Demo_Rep_${roleName(territory.code)}`;
    roles.push({ key: managerRole, name: `Demo Manager ${territory.code}`, parentKey: SALES_ROLE });
    roles.push({ key: repRole, name: `Demo Representative ${territory.code}`, parentKey: managerRole });
    const manager = person(DEMO_DOMAIN, {
      key: `mgr-${territory.code}`,
      ...names(),
      title: `Sales manager ${territory.code} (generated)`,
      roleKey: managerRole,
      timeZone: territory.timeZone,
      permissionSets: ['AI_Routing_Manager'],
      queues: ['AI_Routing_Review'],
    });
    persons.push(manager);
    for (let number = 1; number <= (TEAM_SIZES[territory.code] ?? 0); number++) {
      const key = `${territory.code}-${String(number).padStart(2, '0')}`;
      const member = person(DEMO_DOMAIN, {
        key,
        ...names(),
        title: `Representative ${territory.code} (generated)`,
        roleKey: repRole,
        managerKey: manager.key,
        timeZone: territory.timeZone,
        permissionSets: ['AI_Routing_Representative'],
      });
      persons.push(member);
      reps.push(representative(random.fork(key), member, territory, number));
    }
  }
  return { roles, persons, reps };
}

function representative(random: Random, member: PersonSpec, territory: DemoTerritory, number: number): DemoRep {
  const own = random.normal(0, 0.2);
  const [first = 'en', ...others] = territory.languages;
  // Every other one speaks a second language of the territory.
  const second = others[number % Math.max(others.length, 1)];
  const neighbour = neighbourOf(territory);
  return {
    personKey: member.key,
    name: `${member.firstName} ${member.lastName}`,
    // The last of each team only calls leads back.
    kind: number === TEAM_SIZES[territory.code] ? 'SDR' : 'Account Executive',
    languages: [...new Set(second === undefined || number % 2 === 0 ? [first, 'en'] : [first, second])],
    skills: [...new Set([random.pick(PRODUCTS), random.pick(PRODUCTS)])],
    capacity: 5 * random.whole(8, 14),
    dailyCap: 60,
    territories:
      number === 1 ? { [territory.code]: 'Primary', [neighbour.code]: 'Backup' } : { [territory.code]: 'Primary' },
    territory,
    responseMinutes: Math.round(Math.exp(random.normal(Math.log(60), 0.6))),
    industryEffect: Object.fromEntries(
      Object.keys(INDUSTRIES).map((industry) => [industry, own + random.normal(0, 0.4)]),
    ),
  };
}

function neighbourOf(territory: DemoTerritory): DemoTerritory {
  const next = TERRITORIES[(TERRITORIES.indexOf(territory) + 1) % TERRITORIES.length];
  return next ?? territory;
}

function roleName(code: string): string {
  return code.replace(/\W/g, '_');
}

/** Every call gives another pair: names walk through both lists at different speeds from a random start. */
function distinctNames(random: Random): () => { firstName: string; lastName: string } {
  const start = random.whole(0, FIRST_NAMES.length - 1);
  let given = 0;
  return () => {
    const index = start + given++;
    return {
      firstName: FIRST_NAMES[index % FIRST_NAMES.length] ?? '',
      lastName: LAST_NAMES[(index * 7) % LAST_NAMES.length] ?? '',
    };
  };
}
