import { gzipSync } from 'node:zlib';
import type { RandomSource } from '../src/assignment/seededRandom.ts';
import { hostileDeep, hostileText, hostileValue, oneOf } from './hostileValues.ts';

/** One request to be tried. */
export interface Attempt {
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** It is odd but may be valid: then only a 5xx, a crash or a wrong answer later on is a failure. */
  readonly mayPass?: boolean;
}

type Body = Record<string, unknown>;

/** Valid bodies by path, to be spoilt. */
export interface GoodBodies {
  readonly route: Body;
  readonly score: Body;
  readonly outcomes: Body;
}

/** Where a value of a wrong type or range must be refused; the last part may be put on a list's elements by a number. */
const STRICT_PLACES: Readonly<Record<string, readonly string[]>> = {
  '/v1/route': [
    'request_id',
    'as_of',
    'policy',
    'policy.version',
    'policy.tiers',
    'policy.tiers.hot',
    'leads',
    'leads.0',
    'leads.0.lead_ref',
    'leads.0.trace_id',
    'leads.0.candidates',
    'leads.0.candidates.0',
    'representatives',
    'representatives.0',
    'representatives.0.rep_ref',
    'representatives.0.record.0.dimension',
    'representatives.0.record.0.won',
    'representatives.0.response.0.median_minutes',
  ],
  '/v1/score': ['lead_id'],
  '/v1/outcomes': [
    'outcomes',
    'outcomes.0',
    'outcomes.0.outcome_id',
    'outcomes.0.trace_id',
    'outcomes.0.kind',
    'outcomes.0.occurred_at',
  ],
};

/** Where odd values may well be fine, if they are of the right type or ignored. */
const LOOSE_PLACES: Readonly<Record<string, readonly string[]>> = {
  '/v1/route': [
    'leads.0.source',
    'leads.0.company.industry',
    'leads.0.company.employee_count',
    'leads.0.company.annual_revenue',
    'leads.0.company.country',
    'leads.0.company.unknown',
    'leads.0.activity.page_views',
    'leads.0.activity.content_downloads',
    'leads.0.activity.intent_score',
    'leads.0.form_data.job_title',
    'leads.0.form_data.text',
    'leads.0.form_data.__proto__',
    'leads.0.incumbent',
    'representatives.0.open_leads',
    'representatives.0.capacity',
    'representatives.0.daily_cap',
    'representatives.0.weight',
    'representatives.0.tenure_days',
    'representatives.0.time_zone',
    'representatives.0.record.0.expected_won',
    'policy.load_penalty',
    'policy.top_k',
  ],
  '/v1/score': ['source', 'company.employee_count', 'company.name', 'activity.page_views', 'form_data.job_title'],
  '/v1/outcomes': ['outcomes.0.rep_ref'],
};

const SCOPED: Readonly<Record<string, keyof GoodBodies>> = {
  '/v1/route': 'route',
  '/v1/score': 'score',
  '/v1/outcomes': 'outcomes',
};
const PATHS = Object.keys(SCOPED);
const READ_ONLY = ['/healthz', '/readyz', '/metrics', '/openapi.json', '/.well-known/jwks.json'];

/** Makes the requests of a seed, one after the other, as long as they are asked for. */
export class HostileRequests {
  readonly #random: RandomSource;
  readonly #good: GoodBodies;
  readonly #token: string;
  #count = 0;

  constructor(random: RandomSource, good: GoodBodies, token: string) {
    this.#random = random;
    this.#good = good;
    this.#token = token;
  }

  next(): Attempt {
    const makers = [
      () => this.#wrongPlace(),
      () => this.#wrongPlace(),
      () => this.#wrongPlace(),
      () => this.#missingPlace(),
      () => this.#extraField(),
      () => this.#oddPlace(),
      () => this.#notJson(),
      () => this.#notJson(),
      () => this.#wrongType(),
      () => this.#wrongEncoding(),
      () => this.#wrongToken(),
      () => this.#wrongAddress(),
      () => this.#wrongHeader(),
      () => this.#tokenRequest(),
      () => this.#decisionRequest(),
      () => this.#promotion(),
      () => (this.#count % 50 === 0 ? this.#tooLarge() : this.#wrongPlace()),
    ];
    this.#count++;
    return (makers[Math.floor(this.#random() * makers.length)] ?? makers[0] ?? (() => this.#notJson()))();
  }

  #json(path: string, kind: string, body: string | Buffer, mayPass = false): Attempt {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' };
    return { kind, method: 'POST', path, headers, body, mayPass };
  }

  #body(path: string): Body {
    const body = structuredClone(this.#good[SCOPED[path] ?? 'route']);
    // Else what may pass would collide with what has passed.
    if (path === '/v1/route') body['request_id'] = `fuzz ${this.#count} ${this.#random()}`;
    return body;
  }

  #wrongPlace(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const place = oneOf(this.#random, STRICT_PLACES[path] ?? []);
    return this.#json(path, 'wrong value', spoilt(this.#body(path), place, hostileValue(this.#random)));
  }

  #missingPlace(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const place = oneOf(this.#random, STRICT_PLACES[path] ?? []).replace(/(\.\d+)+$/, '');
    return this.#json(path, 'missing field', spoilt(this.#body(path), place, undefined));
  }

  #extraField(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const name = oneOf(this.#random, ['__proto__', 'constructor', 'prototype', 'toString', 'extra', 'Request_id', '']);
    const value = oneOf(this.#random, ['{"polluted":true}', '{"prototype":{"polluted":true}}', '1', 'null', '[]']);
    const text = JSON.stringify(this.#body(path));
    return this.#json(path, 'unknown field', `{${JSON.stringify(name)}:${value},${text.slice(1)}`);
  }

  #oddPlace(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const place = oneOf(this.#random, LOOSE_PLACES[path] ?? []);
    const odd = oneOf(this.#random, [
      ...['1e308', '-1e308', '5e-324', '0', '-0', '9007199254740993', 'true', '[]', '{}', '"1"'],
      JSON.stringify(hostileText(this.#random)),
      hostileDeep(this.#random),
    ]);
    return this.#json(path, 'odd value', spoilt(this.#body(path), place, odd), true);
  }

  #notJson(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const text = JSON.stringify(this.#body(path));
    const cut = 1 + Math.floor(this.#random() * (text.length - 1));
    const body = oneOf<string | Buffer>(this.#random, [
      text.slice(0, cut),
      text + text,
      `${text}}`,
      text.replaceAll('"', "'"),
      text.replace(/:\d+/, ':NaN'),
      text.replace(/:\d+/, ':-Infinity'),
      text.replace(/:\d+/, ':0x10'),
      hostileDeep(this.#random),
      '',
      'null',
      '[]',
      '"text"',
      '17',
      Buffer.from(text, 'utf16le'),
      Buffer.from(Array.from({ length: 1 + (cut % 500) }, () => Math.floor(this.#random() * 256))),
      Buffer.concat([Buffer.from(text.slice(0, cut)), Buffer.from([0xff, 0xfe, 0x00, 0xc3]), Buffer.from('x')]),
    ]);
    return this.#json(path, 'no JSON', body);
  }

  #wrongType(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const type = oneOf(this.#random, [
      'text/plain',
      'application/xml',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
      'application/json; charset=utf-16',
      'application/json; charset=iso-8859-15',
      'application/json;charset=',
      '',
      ';',
      'application/jsonx',
      `application/${'x'.repeat(2000)}`,
    ]);
    const attempt = this.#json(path, 'media type', JSON.stringify(this.#body(path)));
    // An empty charset is no charset to some parsers.
    const mayPass = type === 'application/json;charset=';
    return { ...attempt, headers: { ...attempt.headers, 'content-type': type }, mayPass };
  }

  #wrongEncoding(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const zipped = gzipSync(JSON.stringify(this.#body(path)));
    const [encoding, body] = oneOf<[string, string | Buffer]>(this.#random, [
      ['gzip', JSON.stringify(this.#body(path))],
      ['gzip', zipped.subarray(0, zipped.length >> 1)],
      ['gzip', gzipSync('{'.repeat(50_000))],
      ['gzip', BOMB],
      ['deflate', Buffer.from('not deflated')],
      ['br', Buffer.from([1, 2, 3, 4])],
      ['zip', zipped],
      ['gzip, gzip', zipped],
    ]);
    const attempt = this.#json(path, 'encoding', body);
    return { ...attempt, headers: { ...attempt.headers, 'content-encoding': encoding } };
  }

  #wrongToken(): Attempt {
    const path = oneOf(this.#random, [...PATHS, '/v1/models', '/v1/evaluations', '/v1/decisions/trace-1']);
    const [head = '', claims = '', signature = ''] = this.#token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const authorization = oneOf(this.#random, [
      '',
      'Bearer',
      'Bearer ',
      `Basic ${this.#token}`,
      `Bearer ${hostileText(this.#random).replace(/[^\x21-\x7e]/g, '?')}`,
      `Bearer ${none}.${claims}.`,
      `Bearer ${head}.${claims}.${signature.slice(0, -3)}AAA`,
      `Bearer ${head}.${claims.slice(1)}.${signature}`,
      `Bearer ${head}..${signature}`,
      `Bearer ${'a'.repeat(8000)}`,
    ]);
    const isRead = !PATHS.includes(path);
    return {
      kind: 'token',
      method: isRead ? 'GET' : 'POST',
      path,
      headers: { authorization, 'content-type': 'application/json' },
      ...(isRead ? {} : { body: JSON.stringify(this.#body(path)) }),
    };
  }

  #wrongAddress(): Attempt {
    const headers = { authorization: `Bearer ${this.#token}` };
    const isKnown = this.#random() < 0.5;
    const path = isKnown
      ? oneOf(this.#random, [...PATHS, ...READ_ONLY, '/v1/models', '/v1/evaluations', '/oauth/token'])
      : oneOf(this.#random, [
          '/',
          '/v1',
          '/v2/route',
          '/v1/route/extra',
          '/%2e%2e/%2e%2e/etc/passwd',
          '/v1/%E0%A4%A',
          '/v1//route',
          '/__proto__',
          '/constructor',
          `/${'a'.repeat(4000)}`,
          '/v1/route%00',
        ]);
    const method = isKnown
      ? oneOf(this.#random, ['PUT', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE'])
      : oneOf(this.#random, ['GET', 'POST', 'PUT']);
    return { kind: 'address', method, path, headers };
  }

  #wrongHeader(): Attempt {
    const value = oneOf(this.#random, ['0', '-1', '1.5', '1e3', 'NaN', '999999999999', 'abc', '120001', '0x10']);
    const attempt = this.#json('/v1/route', 'header', JSON.stringify(this.#body('/v1/route')));
    return { ...attempt, headers: { ...attempt.headers, 'x-deadline-ms': value } };
  }

  #tokenRequest(): Attempt {
    const text = encodeURIComponent(hostileText(this.#random).toWellFormed());
    const body = oneOf(this.#random, [
      '',
      'grant_type=password',
      'grant_type=client_credentials',
      `grant_type=client_credentials&client_id=${text}&client_secret=${text}`,
      'grant_type[]=client_credentials&client_id[__proto__]=x',
      '__proto__[polluted]=1&grant_type=client_credentials',
      `${'a=1&'.repeat(30)}grant_type=client_credentials`,
      `grant_type=${'x'.repeat(9000)}`,
      'grant_type=%E0%A4%A',
      '{"grant_type":"client_credentials"}',
    ]);
    const type = this.#random() < 0.8 ? 'application/x-www-form-urlencoded' : 'application/json';
    const authorization = oneOf(this.#random, ['', 'Basic', 'Basic ====', 'Basic Og==', `Basic ${'A'.repeat(3000)}`]);
    return {
      kind: 'token request',
      method: 'POST',
      path: '/oauth/token',
      headers: { 'content-type': type, authorization },
      body,
    };
  }

  #decisionRequest(): Attempt {
    const name = encodeURIComponent(hostileText(this.#random).toWellFormed()).slice(0, 3000);
    const [method, path] = oneOf<[string, string]>(this.#random, [
      ['GET', `/v1/decisions/${name}`],
      ['GET', `/v1/decisions/%00`],
      ['GET', `/v1/decisions/%ff`],
      ['GET', '/v1/decisions/__proto__'],
      ['GET', `/v1/decisions/${"'%20or%201=1--"}`],
      ['POST', `/v1/decisions/${name}/replay`],
      ['GET', '/v1/evaluations?days=0'],
      ['GET', '/v1/evaluations?days=1e9'],
      ['GET', '/v1/evaluations?days=NaN'],
      ['GET', '/v1/evaluations?days[]=1'],
      ['GET', '/v1/evaluations?days=1&days=2'],
    ]);
    // `days[]` is another parameter, and the default holds; an empty name is another path.
    const mayPass = path.includes('days[]') || path.endsWith('/');
    return { kind: 'decision', method, path, headers: { authorization: `Bearer ${this.#token}` }, mayPass };
  }

  #promotion(): Attempt {
    const version = oneOf(this.#random, ['..%2f..%2fetc%2fpasswd', '__proto__', 'none', '%00', 'x'.repeat(300), '%ff']);
    const body = oneOf(this.#random, ['{}', '{"slot":1}', '{"slot":"__proto__"}', '[]', '', '{"force":true}']);
    return this.#json(`/v1/models/${version}/promote`, 'promotion', body);
  }

  #tooLarge(): Attempt {
    const path = oneOf(this.#random, PATHS);
    const size = path === '/v1/route' ? 3.2 : path === '/v1/score' ? 0.3 : 1.1;
    const text = JSON.stringify(this.#body(path));
    return this.#json(path, 'too large', text + ' '.repeat(size * 1024 * 1024));
  }
}

/** Unpacks to 20 MB. */
const BOMB = gzipSync(Buffer.alloc(20 * 1024 * 1024, 0x20));

/** The JSON text of a body with the JSON text `value` at a place; undefined: without that place. */
function spoilt(body: Body, place: string, value: string | undefined): string {
  const marker = '\u0001here\u0001';
  const parts = place.split('.');
  const last = parts.pop() ?? '';
  let at: unknown = body;
  for (const part of parts) at = typeof at === 'object' && at !== null ? (at as Body)[part] : undefined;
  if (typeof at !== 'object' || at === null) throw new Error(`The good body has no ${place}.`);
  if (value === undefined) delete (at as Body)[last];
  else Object.defineProperty(at, last, { value: marker, enumerable: true, configurable: true, writable: true });
  const text = JSON.stringify(body);
  return value === undefined ? text : text.replace(JSON.stringify(marker), () => value);
}
