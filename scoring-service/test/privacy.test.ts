import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { zstdDecompressSync } from 'node:zlib';
import { seededRandom } from '../src/assignment/seededRandom.ts';
import { redact } from '../src/text/redaction.ts';
import { aLead, aRepresentative, aRequest } from './support/requests.ts';
import type { LeadBody } from './support/requests.ts';
import { startService } from './support/service.ts';
import type { TestService } from './support/service.ts';

const PERSONS = 1000;
const BATCH = 50;

let service: TestService;
before(async () => {
  service = await startService();
});
after(() => service[Symbol.asyncDispose]());

/** All that could give a person away. Syllables of nowhere, so that none of it is a word of the service's own. */
interface Person {
  first: string;
  last: string;
  email: string;
  phone: string;
  street: string;
  postalCode: string;
  iban: string;
  card: string;
  nationalId: string;
  company: string;
}

const random = seededRandom('persons');
const pick = <Each>(from: readonly Each[]): Each => from[Math.floor(random() * from.length)] as Each;
const digits = (count: number): string => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
const letters = (count: number): string =>
  Array.from({ length: count }, () => pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'])).join('');
const name = (): string => {
  const text = Array.from({ length: 3 }, () => pick([...'bdfgklmnprstvz']) + pick([...'aeiouäé'])).join('');
  return text.charAt(0).toUpperCase() + text.slice(1) + pick(['q', 'xq', 'zq']);
};

function aPerson(): Person {
  const [first, last, company] = [name(), name(), name()];
  return {
    first,
    last,
    email: `${first}.${last}@${company}.example`.toLowerCase(),
    phone: pick([
      `+49 30 ${digits(7)}`,
      `(0${digits(3)}) ${digits(4)}-${digits(4)}`,
      `00${digits(12)}`,
      `${digits(3)}.${digits(3)}.${digits(4)}`,
    ]),
    street: pick([`${digits(3)} ${last} Street`, `${last}straße ${digits(2)}`, `rue ${last} ${digits(2)}`]),
    postalCode: `${letters(2)}${digits(6)}`,
    iban: pick([`DE${digits(2)} ${digits(4)} ${digits(4)} ${digits(4)} ${digits(4)} ${digits(2)}`, `de${digits(20)}`]),
    card: pick([
      `${digits(4)} ${digits(4)} ${digits(4)} ${digits(4)}`,
      digits(16),
      `${digits(4)}-${digits(6)}-${digits(5)}`,
    ]),
    nationalId: pick([
      `${digits(3)}-${digits(2)}-${digits(4)}`,
      `${letters(2)} ${digits(2)} ${digits(2)} ${digits(2)} C`,
      `${letters(6)}${digits(2)}A${digits(2)}H${digits(3)}Z`,
      `${digits(8)}${letters(1)}`,
      digits(11),
    ]),
    company: `${company} ${pick(['GmbH', 'Inc', 'SARL'])}`,
  };
}

/** What such a person writes, with everything in it. */
function textOf(person: Person): string {
  return pick([
    `My name is ${person.first} ${person.last}. Call ${person.phone} or write to ${person.email} about the integration.`,
    `Invoice to ${person.street}, IBAN ${person.iban}. We need an API.\nRegards, ${person.first} ${person.last}`,
    `Card ${person.card}, id ${person.nationalId}, ${person.company}: Frau ${person.last} wartet auf die Schnittstelle.`,
    `${person.last} ${person.phone} ${person.email} ${person.iban} ${person.card} ${person.nationalId} ${person.street}`,
  ]);
}

function leadOf(person: Person, index: number): LeadBody {
  return aLead({
    lead_ref: `lead-${index}`,
    trace_id: `trace-${index}`,
    company: { industry: 'Technology', country: pick(['DE', 'France', person.last]), postal_code: person.postalCode },
    activity: { page_views: 3, content_downloads: [`${person.last}.pdf`, person.email] },
    form_data: {
      job_title: `Director of IT ${person.first} ${person.last}`,
      pain_point: textOf(person),
      product_interest: pick([person.company, `for ${person.first}`, 'Analytics']),
      text: `${textOf(person)} ${textOf(person)}`,
    },
  });
}

/** The parts by which a person could be found; each is long or strange enough to be nobody else's. */
function tracesOf(person: Person): string[] {
  const numbers = [person.phone, person.iban, person.card, person.nationalId];
  const bare = numbers.map((each) => each.replaceAll(/[ ().-]/g, '')).filter((each) => each.length >= 8);
  return [
    person.first,
    person.last,
    person.email,
    person.street,
    person.postalCode,
    person.company,
    ...numbers,
    ...bare,
  ];
}

/** All that the store holds, in lower case. */
async function everythingStored(): Promise<string> {
  const { db } = service.service.store;
  const parts: string[] = [];
  for (const table of [
    'requests',
    'decisions',
    'outcomes',
    'prices',
    'shadow_decisions',
    'promotions',
    'serving',
  ] as const) {
    for (const row of await db.selectFrom(table).selectAll().execute()) {
      for (const value of Object.values(row) as unknown[]) {
        parts.push(value instanceof Uint8Array ? zstdDecompressSync(value).toString('utf8') : String(value));
      }
    }
  }
  return parts.join('\n').toLowerCase();
}

/** A search for thousands of texts in a long one: most are ruled out by five letters that it does not have. */
function searchIn(content: string): (text: string) => boolean {
  const fives = new Set<string>();
  for (let start = 0; start + 5 <= content.length; start++) fives.add(content.slice(start, start + 5));
  return (text) => {
    for (let start = 0; start + 5 <= text.length; start++) if (!fives.has(text.slice(start, start + 5))) return false;
    return content.includes(text);
  };
}

test('shouldLeaveNothingOfAThousandPersonsInTheLogTheStoreOrTheMetrics', async () => {
  const persons = Array.from({ length: PERSONS }, aPerson);
  const representatives = [aRepresentative({ capacity: null, daily_cap: null })];
  for (let start = 0; start < PERSONS; start += BATCH) {
    const batch = persons.slice(start, start + BATCH);
    await service.routed(
      aRequest({ leads: batch.map((person, index) => leadOf(person, start + index)), representatives }),
    );
    const one = batch[0] as Person;
    if (start % (4 * BATCH) !== 0) continue;
    const document = { name: `${one.last}.txt`, media_type: 'text/plain', base64: base64(textOf(one)) };
    await service.routed(
      aRequest({ leads: [{ ...leadOf(one, start), documents: [document] }], representatives: [aRepresentative()] }),
    );
  }
  const token = await service.token();
  const ask = (path: string, body: unknown): Promise<unknown> =>
    service.call(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  for (let start = 0; start < PERSONS; start += BATCH) {
    const scored = persons.slice(start, start + BATCH).map((person) => {
      const { job_title: title, pain_point: pain } = leadOf(person, 0).form_data ?? {};
      return ask('/v1/score', {
        lead_id: person.email,
        source: 'website_form',
        company: { name: person.company, industry: 'Technology' },
        form_data: { job_title: title, pain_point: pain },
      });
    });
    await Promise.all(scored);
  }
  // Errors see persons too: in fields, in unknown fields, in paths, in broken JSON.
  for (const person of persons.slice(0, 20)) {
    await ask('/v1/score', {
      lead_id: person.last,
      [person.email]: person.phone,
      company: { employee_count: person.last },
    });
    await ask('/v1/route', `{"text": "${textOf(person)}`);
    await ask(`/v1/${encodeURIComponent(person.email)}`, {});
  }
  const metrics = await (await fetch(`${service.url}/metrics`)).text();
  const places = {
    log: service.logged().toLowerCase(),
    store: await everythingStored(),
    metrics: metrics.toLowerCase(),
  };

  assert.ok(places.store.includes('"seniority":3') && places.store.includes('lead-999'), 'the leads are in the store');
  assert.ok(places.log.length > 10_000 && places.metrics.includes('scoring_leads_total'));
  const found: string[] = [];
  for (const [place, content] of Object.entries(places)) {
    const isIn = searchIn(content);
    assert.ok(isIn(content.slice(500, 520)), 'the search finds what is there');
    for (const trace of persons.flatMap(tracesOf))
      if (isIn(trace.toLowerCase())) found.push(`${trace} in the ${place}`);
  }
  assert.deepEqual(found.slice(0, 10), []);
});

test('shouldTakeNumbersAddressesAndAccountsOutOfTextsBeforeTheyAreUsed', () => {
  for (const person of Array.from({ length: PERSONS }, aPerson)) {
    const { email, phone, iban, card, nationalId } = person;
    const redacted = redact(`Please note ${email}, ${phone}; ${iban} / ${card} or ${nationalId}. We need SSO in 2027.`);
    for (const secret of [email, phone, iban, card, nationalId]) {
      assert.ok(!redacted.includes(secret), `${secret} is left in: ${redacted}`);
    }
    assert.match(redacted, /^Please note .*We need SSO in 2027\.$/s, 'what says the need is left');
  }
});

test('shouldGiveTheSameHashToTheSameLeadAndAnotherOneWithAnotherKey', async () => {
  const hashOf = async (of: TestService): Promise<unknown> => {
    const { body } = await of.ask('/v1/score', { lead_id: '00Q5e00000A1b2c3D' });
    const decision = await of.ask(`/v1/decisions/${String(body['trace_id'])}`);
    return (decision.body['input'] as { lead: { lead_ref: string } }).lead.lead_ref;
  };
  await using one = await startService({ LEAD_HASH_KEY: 'a key of sixteen letters' });
  await using two = await startService({ LEAD_HASH_KEY: 'another key of sixteen letters' });

  const hash = await hashOf(one);
  assert.match(String(hash), /^[0-9a-f]{64}$/);
  assert.equal(await hashOf(one), hash);
  assert.notEqual(await hashOf(two), hash);
});

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
