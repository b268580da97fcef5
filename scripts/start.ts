import { routingUsername } from './load/staff.ts';
import { readArguments, wholeNumber } from './org/arguments.ts';
import { runCommand } from './org/commandError.ts';
import { progressLines } from './org/progress.ts';
import { startStack } from './org/stack.ts';
import type { Stack } from './org/stack.ts';
import { stopSignal } from './org/stopSignals.ts';
import { generateDemoOrg } from './seed/demoOrg.ts';
import { generateLeads } from './seed/leads.ts';
import { loadDemoOrg } from './seed/loadDemoOrg.ts';
import { createRandom } from './seed/random.ts';
import { DEMO_DOMAIN } from './seed/representatives.ts';
import { insertCommand } from './start/insertCommand.ts';
import { routedLine, watchDecisions } from './start/routedLines.ts';

const USAGE = `npm start [-- --seed N]

Starts the scoring service and a local org with generated data on free ports, prints how to insert a lead, and shows each
lead that is routed. Ctrl-C stops everything.`;

await runCommand(async () => {
  const values = readArguments(
    process.argv.slice(2),
    { seed: { type: 'string', default: '1' }, help: { type: 'boolean' } },
    USAGE,
  );
  if (values.help === true) {
    console.log(USAGE);
    return 0;
  }
  const seed = wholeNumber(values.seed, 'seed', 0, 2 ** 31);
  const stopped = stopSignal();
  const stack = await Promise.race([start(seed), stopped]);
  // Whatever is still starting ends with this process.
  if (typeof stack === 'string') process.exit(0);
  try {
    await serve(stack, seed, stopped);
  } finally {
    await stack.close();
  }
  console.log('\nEverything is stopped; nothing of the org is kept.');
  return 0;
});

async function start(seed: number): Promise<Stack> {
  const progress = progressLines();
  const stack = await startStack({ routingUsername: routingUsername(DEMO_DOMAIN), progress });
  try {
    await loadDemoOrg(stack.connection, generateDemoOrg(seed, new Date()), progress);
  } catch (error) {
    await stack.close();
    throw error;
  }
  return stack;
}

async function serve({ org, serviceUrl, connection }: Stack, seed: number, stopped: Promise<unknown>): Promise<void> {
  const [lead = {}] = generateLeads(createRandom(seed), { name: 'S', count: 1, mix: 'auto' });
  console.log(`
Org               ${org.url}   (all data in it is generated)
Scoring service   ${serviceUrl}
Login             OAuth client credentials at ${org.url}/services/oauth2/token, acting as ${org.adminUsername}
  client id       ${org.clientId}
  client secret   ${org.clientSecret}

Insert a lead: copy this line into another terminal (the token in it is good for two hours).

${insertCommand(org.url, connection.accessToken ?? '', lead)}

Routed leads show up here: lead → owner | score | milliseconds | why. Ctrl-C stops everything.
`);
  const watch = new AbortController();
  const watching = watchDecisions(connection, (row) => console.log(routedLine(row)), watch.signal);
  await Promise.race([stopped, watching]);
  watch.abort();
  await watching;
}
