import { join } from 'node:path';
import type { Connection } from 'jsforce';
import { ProjectProblems, startOrg } from '../../local-org/src/index.ts';
import type { Org } from '../../local-org/src/index.ts';
import { startFaultyProxy } from '../faultyService.ts';
import type { Fault } from '../faultyService.ts';
import { CommandError } from './commandError.ts';
import { connect } from './connection.ts';
import { PROJECT_ROOT } from './projectRoot.ts';
import { startScoringService } from './scoringService.ts';

/** The scoring service, an org with the package, and a connection to it as the administrator. */
export interface Stack {
  readonly org: Org;
  readonly serviceUrl: string;
  readonly connection: Connection;
  /** Ends everything that was started, the last first. */
  close(): Promise<void>;
}

export interface StackOptions {
  /** As whom routing runs; the user may be created after the start. */
  readonly routingUsername: string;
  /** What goes wrong between the org and the service. */
  readonly fault?: Fault | undefined;
  readonly progress: (line: string) => void;
}

const CREDENTIAL = 'AI_Scoring_Service';
/** They run as the routing user, who alone may call the service and send notifications. */
const TRIGGERS = ['LeadRoutingRequestedTrigger', 'LeadRoutedTrigger', 'RoutingReplayRequestedTrigger'];

/** Starts everything on free ports, wired together. @throws CommandError that says what to do */
export async function startStack({ routingUsername, fault, progress }: StackOptions): Promise<Stack> {
  const closers: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const each of closers.splice(0).reverse()) await each();
  };
  try {
    const service = await startScoringService();
    closers.push(() => service.close());
    progress(`scoring service at ${service.url}`);
    let endpoint = service.url;
    if (fault !== undefined) {
      const proxy = await startFaultyProxy({ target: service.url, fault });
      closers.push(() => proxy.close());
      endpoint = proxy.url;
      progress(`fault ${fault} injected at ${endpoint}`);
    }
    const { clientId, clientSecret } = service;
    const org = await startOrg({
      projectDir: PROJECT_ROOT,
      cacheDir: join(PROJECT_ROOT, '.local-org'),
      credentials: { [CREDENTIAL]: { clientId, clientSecret, tokenUrl: `${endpoint}/oauth/token` } },
      endpoints: { [CREDENTIAL]: endpoint },
      subscriberUsers: Object.fromEntries(TRIGGERS.map((trigger) => [trigger, routingUsername])),
    });
    closers.push(() => org.close());
    progress(`org at ${org.url}, the package compiled into it`);
    return { org, serviceUrl: service.url, connection: await connect(org), close };
  } catch (error) {
    await close();
    if (error instanceof ProjectProblems) {
      throw new CommandError(`The package can't be compiled. Mend it and start again: ${error.message}`);
    }
    throw error;
  }
}
