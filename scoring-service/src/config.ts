import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ConfigurationError } from './errors.ts';

const DEFAULT_MODEL_DIR = join(dirname(fileURLToPath(import.meta.url)), '..', 'model');

/** The environment of the service. docs/scoring-service.md describes each variable. */
const environmentSchema = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  /** 0 takes a free port. */
  PORT: z.coerce.number().int().min(0).max(65535).default(0),
  CLIENT_ID: z.string().min(1),
  /** `scrypt$…` as scripts/hash-secret.ts writes it, or for development the secret itself. */
  CLIENT_SECRET: z.string().min(16, 'at least 16 characters'),
  CLIENT_SCOPES: z
    .string()
    .default('route')
    .transform((text) => text.split(/[ ,]+/).filter((scope) => scope !== ''))
    .pipe(z.array(z.string().regex(/^[\w:.-]+$/)).min(1)),
  TOKEN_ISSUER: z.string().min(1).default('lead-routing-scoring-service'),
  TOKEN_AUDIENCE: z.string().min(1).default('lead-routing-scoring-service'),
  /** PKCS#8 PEM of a P-256 key; line breaks may be written as \n. */
  SIGNING_KEY: z
    .string()
    .transform((pem) => pem.replaceAll('\\n', '\n'))
    .optional(),
  MODEL_DIR: z.string().min(1).default(DEFAULT_MODEL_DIR),
  /** The model that is served: `<MODEL>.manifest.json` in MODEL_DIR. */
  MODEL: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('prior'),
  DEFAULT_DEADLINE_MS: z.coerce.number().int().min(1).max(120_000).default(5000),
  LONGEST_DEADLINE_MS: z.coerce.number().int().min(1).max(120_000).default(60_000),
  SHUTDOWN_MS: z.coerce.number().int().min(0).max(120_000).default(10_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type Config = z.infer<typeof environmentSchema>;

/** The configuration of this environment. @throws ConfigurationError that names each variable and its mend. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = environmentSchema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigurationError(`The environment can't be used. ${lines.join('; ')}. See docs/scoring-service.md.`);
}
