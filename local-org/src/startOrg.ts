import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { createApp } from './api/app.ts';
import { enginePort } from './api/enginePort.ts';
import { Sessions } from './api/sessions.ts';
import type { ConnectedApp } from './api/sessions.ts';
import { EngineClient } from './engine/client.ts';
import { runSharded } from './testing/runSharded.ts';
import { credentialSettings } from './engine/credentials/resolve.ts';

const orgOptions = credentialSettings.extend({
  /** The sfdx project to run. */
  projectDir: z.string().min(1),
  /** 0 for any free one. */
  port: z.number().int().min(0).max(65_535).default(0),
  host: z.string().default('127.0.0.1'),
  /** Where compiled code is kept between starts; null for nowhere. */
  cacheDir: z.string().nullable().default(null),
  /** Username by the name of a platform-event trigger, as an administrator enters it after deployment. */
  subscriberUsers: z.record(z.string(), z.string()).default({}),
  /** Permission sets of the project that the administrator is given. */
  administratorHas: z.union([z.literal('all'), z.array(z.string())]).default('all'),
  /** Further connected apps, each acting as one user; the user may be created after the start. */
  apps: z
    .array(
      z.strictObject({
        clientId: z.string().min(1),
        clientSecret: z.string().min(1),
        username: z.string().min(1),
        /** PEM of a certificate or public key: the app may then log in any active user by the JWT bearer flow. */
        certificate: z.string().optional(),
      }),
    )
    .default([]),
  /** Where faults of local-org are reported; default standard error. */
  report: z.custom<(line: string) => void>((value) => typeof value === 'function').optional(),
});

export type OrgOptions = z.input<typeof orgOptions>;

/** A running org. */
export interface Org {
  /** `http://127.0.0.1:53012` */
  readonly url: string;
  readonly organizationId: string;
  /** The connected app that acts as the administrator, for the OAuth client-credentials flow. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly adminUsername: string;
  close(): Promise<void>;
}

/**
 * Compiles the project and serves it as an org: an HTTP front in this thread, Apex and records in a second one, callouts in
 * a third. Nothing is kept on disk but compiled code.
 *
 * @throws ProjectProblems where the project has problems; z.ZodError for options that can't be.
 */
export async function startOrg(options: OrgOptions): Promise<Org> {
  const { projectDir, port, host, cacheDir, credentials, endpoints, subscriberUsers, administratorHas, apps, report } =
    orgOptions.parse(options);
  const log = report ?? ((line: string) => process.stderr.write(`${line}\n`));
  const client = await EngineClient.start(
    {
      projectDir: resolve(projectDir),
      cacheDir: cacheDir === null ? null : resolve(cacheDir),
      credentials: { credentials, endpoints },
      subscriberUsers,
      administratorHas,
    },
    log,
  );
  const { organizationId, adminUsername } = client;
  const testSettings = { projectDir: resolve(projectDir), cacheDir, coverage: false, shuffle: null };
  const admin: ConnectedApp = { clientId: secret(24), clientSecret: secret(32), username: adminUsername };
  const app = createApp({
    engine: enginePort(client),
    sessions: new Sessions(organizationId),
    apps: [admin, ...apps],
    runTests: (names) => runSharded({ ...testSettings, names, shards: 1 }, () => undefined),
    report: log,
  });
  const server = createServer(app);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    await client.close();
    throw error;
  }
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${actual}`,
    organizationId,
    clientId: admin.clientId,
    clientSecret: admin.clientSecret,
    adminUsername,
    async close() {
      server.closeAllConnections();
      server.close();
      await client.close();
    },
  };
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
