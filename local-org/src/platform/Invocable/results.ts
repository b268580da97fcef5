import { current } from '../../engine/current.ts';
import { listOf } from '../../values/list.ts';
import { ApexList } from '../../values/list.ts';
import { ApexMap, mapOf } from '../../values/map.ts';
import { platformClass } from '../define.ts';
import { jsonShape } from '../System/json/platformObjects.ts';
import type { Action } from './Action.ts';

/** Why an invocation failed. */
export class ActionError {
  static readonly apexName = 'Invocable.Action.Error';
  readonly code: string | null;
  readonly message: string | null;

  constructor(code: string | null, message: string | null) {
    this.code = code;
    this.message = message;
  }

  *jsonFields(): Iterable<readonly [string, unknown]> {
    yield ['code', this.code];
    yield ['message', this.message];
  }
}

/** What became of one invocation: its output parameters, or why it failed. */
export class ActionResult {
  static readonly apexName = 'Invocable.Action.Result';
  readonly action: Action | null;
  readonly inputs: ApexMap | null;
  readonly outputs: ApexMap | null;
  readonly errors: ApexList;
  readonly success: boolean;

  /** @param outcome null where the action has no output */
  constructor(action: Action | null, inputs: ApexMap | null, outcome: ApexMap | ActionError | null) {
    const failed = outcome instanceof ActionError;
    this.action = action;
    this.inputs = inputs;
    this.outputs = failed ? null : (outcome ?? emptyMap());
    this.errors = errorList(failed ? [outcome] : []);
    this.success = !failed;
  }

  clone(changes: Partial<ActionResult> = {}): ActionResult {
    return Object.assign(Object.create(ActionResult.prototype) as ActionResult, this, changes);
  }
}

function emptyMap(): ApexMap {
  return mapOf(current.universe.String, current.universe.Object);
}

function errorList(errors: readonly ActionError[]): ApexList {
  return listOf(current.universe.platform('Invocable.Action.Error'), [...errors]);
}

export const ActionErrorClass = platformClass('Invocable.Action.Error', {
  'Invocable.Action.Error clone()': ({ code, message }: ActionError) => new ActionError(code, message),
  'String getCode()': (error: ActionError) => error.code,
  'String getMessage()': (error: ActionError) => error.message,
});

export const ActionResultClass = platformClass('Invocable.Action.Result', {
  'Invocable.Action.Result clone()': (result: ActionResult) => result.clone(),
  'Invocable.Action getAction()': (result: ActionResult) => result.action,
  'List<Invocable.Action.Error> getErrors()': (result: ActionResult) => result.errors,
  'Map<String, Object> getInvocationParameters()': (result: ActionResult) => result.inputs,
  'Map<String, Object> getOutputParameters()': (result: ActionResult) => result.outputs,
  'Boolean isSuccess()': (result: ActionResult) => result.success,
});

// Tests make them from JSON, there being no constructors: mitchspano/trigger-actions-framework, TriggerActionFlowTest.
jsonShape('Invocable.Action.Error', {
  fields: { code: 'String', message: 'String' },
  make: (values) => new ActionError(text(values.get('code')), text(values.get('message'))),
});
jsonShape('Invocable.Action.Result', {
  fields: {
    success: 'Boolean',
    errors: 'List<Invocable.Action.Error>',
    outputparameters: 'Map<String, Object>',
    invocationparameters: 'Map<String, Object>',
  },
  make: (values) => {
    const [outputs, inputs, errors] = ['outputparameters', 'invocationparameters', 'errors'].map((name) =>
      values.get(name),
    );
    return new ActionResult(null, inputs instanceof ApexMap ? inputs : null, null).clone({
      success: values.get('success') === true,
      outputs: outputs instanceof ApexMap ? outputs : null,
      errors: errors instanceof ApexList ? errors : errorList([]),
    });
  },
});

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
