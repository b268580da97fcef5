import type { DmlOutcome } from '../../engine/data.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import { errorList } from '../Database/results.ts';

/** What became of locking or unlocking one record. */
export class LockResult {
  static readonly apexName: string = 'Approval.LockResult';
  readonly outcome: DmlOutcome;

  constructor(outcome: DmlOutcome) {
    this.outcome = outcome;
  }
}

export class UnlockResult extends LockResult {
  static override readonly apexName = 'Approval.UnlockResult';
}

const members: Record<string, Implementation> = {
  'Boolean isSuccess()': ({ outcome }: LockResult) => outcome.success,
  'get Boolean Success': ({ outcome }: LockResult) => outcome.success,
  'Id getId()': ({ outcome }: LockResult) => outcome.id,
  'get Id Id': ({ outcome }: LockResult) => outcome.id,
  'List<Database.Error> getErrors()': ({ outcome }: LockResult) => errorList(outcome.errors),
  'get List<Database.Error> Errors': ({ outcome }: LockResult) => errorList(outcome.errors),
};
const notBuilt = ['new ()'];

export const LockResultClass = platformClass('Approval.LockResult', members, { notBuilt });
export const UnlockResultClass = platformClass('Approval.UnlockResult', members, { notBuilt });
