import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { trustedIssuerSchema } from './auth/accessTokens.ts';
import { isHash, isMeantAsHash } from './auth/clientSecret.ts';
import { ConfigurationError } from './errors.ts';
import { KNOWN_LANGUAGES } from './text/leadLanguage.ts';

const DEFAULT_MODEL_DIR = join(dirname(fileURLToPath(import.meta.url)), '..', 'model');

const words = (text: string): string[] => text.split(/[ ,]+/).filter((word) => word !== '');
const scope = z.string().regex(/^[\w:.-]+$/);
const clientId = z.string().min(1).max(100);
const secret = z.string().min(16, 'at least 16 characters');
const clientSecret = secret.refine(
  (text) => !isMeantAsHash(text) || isHash(text),
  'is a damaged hash; put what hash-secret printed in single quotes, as a shell replaces $',
);
const pem = z.string().transform((text) => text.replaceAll('\\n', '\n'));
const milliseconds = z.coerce.number().int().min(1).max(120_000);

/** The file of CLIENTS_FILE. Secrets are hashed: a file is read by more people than an environment. */
const clientsSchema = z
  .array(
    z.strictObject({
      id: clientId,
      secret: z.string().refine(isHash, 'must be a hash as hash-secret prints it'),
      scopes: z.array(scope).min(1),
    }),
  )
  .min(1);

/** The environment of the service. docs/scoring-service.md describes each variable. */
const environmentSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port. */
  PORT: z.coerce.number().int().min(0).max(65535).default(0),
  CLIENT_ID: clientId.optional(),
  /** `scrypt$…` as scripts/hash-secret.ts writes it, or for development the secret itself. */
  CLIENT_SECRET: clientSecret.optional(),
  CLIENT_SCOPES: z.string().default('route').transform(words).pipe(z.array(scope).min(1)),
  CLIENTS_FILE: z.string().min(1).optional(),
  TRUSTED_ISSUERS: z.string().default('[]'),
  TOKEN_ISSUER: z.string().min(1).default('lead-routing-scoring-service'),
  TOKEN_AUDIENCE: z.string().min(1).default('lead-routing-scoring-service'),
  /** PKCS#8 PEM of a P-256 key; line breaks may be written as \n. */
  SIGNING_KEY: pem.optional(),
  SIGNING_KEYS_FILE: z.string().min(1).optional(),
  LEAD_HASH_KEY: secret.optional(),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(100).default(5),
  /** The SQLite file where there is no DATABASE_URL; `:memory:` is not possible, as two threads share it. */
  STORE_FILE: z.string().min(1).optional(),
  RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(730),
  MODEL_DIR: z.string().min(1).default(DEFAULT_MODEL_DIR),
  /** The model that serves until another is promoted: `<MODEL>.manifest.json` in MODEL_DIR. */
  MODEL: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('prior'),
  CHALLENGER_SHARE: z.coerce.number().min(0).max(1).default(0.1),
  NEED_DICTIONARY: z.string().min(1).default(join(DEFAULT_MODEL_DIR, 'need-dictionary.json')),
  LANGUAGES: z
    .string()
    .default(KNOWN_LANGUAGES.join(' '))
    .transform(words)
    .pipe(z.array(z.enum(KNOWN_LANGUAGES as [string, ...string[]])).min(1)),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(6000),
  TOKEN_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(120),
  DEFAULT_DEADLINE_MS: milliseconds.default(5000),
  LONGEST_DEADLINE_MS: milliseconds.default(60_000),
  SHUTDOWN_MS: z.coerce.number().int().min(0).max(120_000).default(10_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

type Environment = z.infer<typeof environmentSchema>;

/** What the service is started with. */
export type Config = Omit<
  Environment,
  'CLIENT_ID' | 'CLIENT_SECRET' | 'CLIENT_SCOPES' | 'CLIENTS_FILE' | 'TRUSTED_ISSUERS'
> & {
  clients: { id: string; secret: string; scopes: string[] }[];
  trustedIssuers: z.infer<typeof trustedIssuerSchema>[];
};

/** The configuration of this environment. @throws ConfigurationError that names each variable and its mend. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = environmentSchema.safeParse(environment);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (environment['CLIENTS_FILE'] === undefined) {
    for (const name of ['CLIENT_ID', 'CLIENT_SECRET'] as const) {
      if (environment[name] === undefined) problems.push(`${name}: is missing (or give CLIENTS_FILE)`);
    }
  }
  if (!parsed.success || problems.length > 0) {
    throw new ConfigurationError(`The environment can't be used. ${problems.join('; ')}. See docs/scoring-service.md.`);
  }
  const { CLIENT_ID, CLIENT_SECRET, CLIENT_SCOPES, CLIENTS_FILE, TRUSTED_ISSUERS, ...rest } = parsed.data;
  const clients = CLIENTS_FILE === undefined ? [] : jsonOf('CLIENTS_FILE', readText(CLIENTS_FILE), clientsSchema);
  if (CLIENT_ID !== undefined && CLIENT_SECRET !== undefined) {
    clients.unshift({ id: CLIENT_ID, secret: CLIENT_SECRET, scopes: CLIENT_SCOPES });
  }
  if (new Set(clients.map(({ id }) => id)).size < clients.length) {
    throw new ConfigurationError('CLIENTS_FILE: a client id is given twice.');
  }
  return { ...rest, clients, trustedIssuers: jsonOf('TRUSTED_ISSUERS', TRUSTED_ISSUERS, z.array(trustedIssuerSchema)) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigurationError(`CLIENTS_FILE: ${file} can't be read.`);
  }
}

function jsonOf<Schema extends z.ZodType>(name: string, text: string, schema: Schema): z.infer<Schema> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ConfigurationError(`${name}: is not JSON.`);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new ConfigurationError(`${name}: ${problems}.`);
}
