import type { EngineClient } from '../engine/client.ts';
import type { FaultsBody } from '../engine/faults.ts';
import type { ApexRestCall, EngineCall, JobsAnswer, LoginAnswer, RestAnswer } from '../engine/protocol.ts';
import type { UserInfo } from './operations/userInfo.ts';

/** What the HTTP front asks of the engine, with the types of the answers. */
export interface EnginePort {
  rest(call: Omit<EngineCall & { kind: 'rest' }, 'kind'>): Promise<RestAnswer>;
  apexRest(call: ApexRestCall): Promise<RestAnswer>;
  login(username: string): Promise<LoginAnswer>;
  userInfo(userId: string): Promise<UserInfo | null>;
  faults(body: FaultsBody): Promise<void>;
  jobs(filter: { kind?: string; name?: string; afterId?: number }): Promise<JobsAnswer>;
  /** Resolves as soon as no asynchronous work runs or waits. */
  idle(): Promise<void>;
}

/** The engine's thread as an {@link EnginePort}. Both ends are ours, so that answers are not parsed again. */
export function enginePort(client: EngineClient): EnginePort {
  return {
    rest: async (call) => (await client.request({ kind: 'rest', ...call })) as RestAnswer,
    apexRest: async (call) => (await client.request({ kind: 'apexRest', ...call })) as RestAnswer,
    login: async (username) => (await client.request({ kind: 'login', username })) as LoginAnswer,
    userInfo: async (userId) => (await client.request({ kind: 'userInfo', userId })) as UserInfo | null,
    faults: async (body) => void (await client.request({ kind: 'faults', body })),
    jobs: async (filter) => (await client.request({ kind: 'jobs', filter })) as JobsAnswer,
    idle: async () => void (await client.request({ kind: 'idle' })),
  };
}
