export { startOrg } from './startOrg.ts';
export type { Org, OrgOptions } from './startOrg.ts';
export { ProjectProblems } from './engine/client.ts';
export type { JobsAnswer, StartProblem } from './engine/protocol.ts';
export type { TransactionRecord } from './engine/transactionLog.ts';
export type { FaultsBody } from './engine/faults.ts';
