import type { DmlOutcome } from '../../engine/data.ts';
import type { Implementation } from '../define.ts';
import { platformClass } from '../define.ts';
import { errorList, faultsOf } from '../Database/results.ts';
import { jsonShape } from '../System/json/platformObjects.ts';

/** What became of locking or unlocking one record. */
export class LockResult {
  static readonly apexName: string = 'Approval.LockResult';
  readonly outcome: DmlOutcome;

  constructor(outcome: DmlOutcome) {
    this.outcome = outcome;
  }

  *jsonFields(): Iterable<readonly [string, unknown]> {
    yield ['success', this.outcome.success];
    yield ['id', this.outcome.id];
    yield ['errors', errorList(this.outcome.errors)];
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

for (const result of [LockResult, UnlockResult]) {
  jsonShape(result.apexName, {
    fields: { success: 'Boolean', id: 'String', errors: 'List<Database.Error>' },
    make: (values) => {
      const id = values.get('id');
      return new result({
        id: typeof id === 'string' ? id : null,
        success: values.get('success') === true,
        created: false,
        errors: faultsOf(values.get('errors')),
      });
    },
  });
}
