import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ProjectProblems, startOrg } from '../../index.ts';
import type { Org } from '../../index.ts';
import { wholeNumber } from '../optionValues.ts';
import { projectFolder } from '../projectFolder.ts';

const MOST_PORT = 65_535;

export const usage = 'local-org start <project> [--port N] [--seed SCRIPT] [--json]';

/**
 * Serves a project until it is interrupted. `--seed` runs a script with the org's address and login in its environment
 * (`LOCAL_ORG_URL`, `LOCAL_ORG_CLIENT_ID`, `LOCAL_ORG_CLIENT_SECRET`). Credentials of external systems come from the
 * environment variable `LOCAL_ORG_CREDENTIALS`, as JSON `{"credentials": {…}, "endpoints": {…}}`, so that they stand in no
 * list of processes. Returns the exit code.
 */
export async function start(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { port: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const projectDir = projectFolder(positionals, usage);
  if (projectDir === null) return 2;
  const port = wholeNumber('port', values.port, 0, MOST_PORT) ?? 0;
  const external = process.env['LOCAL_ORG_CREDENTIALS'];
  let org: Org;
  try {
    org = await startOrg({
      ...(external === undefined ? {} : (JSON.parse(external) as object)),
      projectDir,
      port,
      cacheDir: join(resolve(projectDir), '.local-org'),
    });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!(error instanceof ProjectProblems) && !isTaken) throw error;
    process.stderr.write(isTaken ? `port ${port} is taken: name another with --port\n` : `${error.message}\n`);
    return 1;
  }
  if (values.seed !== undefined && !(await seed(org, values.seed))) {
    await org.close();
    return 1;
  }
  print(org, values.json);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await org.close();
  return 0;
}

async function seed(org: Org, script: string): Promise<boolean> {
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      LOCAL_ORG_URL: org.url,
      LOCAL_ORG_CLIENT_ID: org.clientId,
      LOCAL_ORG_CLIENT_SECRET: org.clientSecret,
    },
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) process.stderr.write(`the seed script ${script} ended with code ${String(code)}\n`);
  return code === 0;
}

function print(org: Org, asJson: boolean): void {
  const { url, organizationId, clientId, clientSecret, adminUsername } = org;
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ url, organizationId, clientId, clientSecret, adminUsername })}\n`);
    return;
  }
  process.stdout.write(
    `local org   ${url}\nuser        ${adminUsername}\nlogin       POST ${url}/services/oauth2/token ` +
      `grant_type=client_credentials client_id=${clientId} client_secret=${clientSecret}\nCtrl-C stops it.\n`,
  );
}
