import { current } from '../../engine/current.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import type { ApexList } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import { platformClass } from '../define.ts';
import { invokeApex } from './apexAction.ts';
import { ActionError, ActionResult } from './results.ts';

/** What `createCustomAction` and `createStandardAction` give: an action with the inputs of its invocations. */
export class Action {
  static readonly apexName = 'Invocable.Action';
  readonly type: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly standard: boolean;
  invocations: ApexMap[];

  constructor(given: Pick<Action, 'type' | 'namespace' | 'name' | 'standard'>, invocations: readonly ApexMap[] = []) {
    this.type = given.type;
    this.namespace = given.namespace;
    this.name = given.name;
    this.standard = given.standard;
    this.invocations = [...invocations];
  }

  /** The parameters of the invocation that was added last; an action has one from the start. */
  get last(): ApexMap {
    return this.invocations.at(-1) ?? this.add();
  }

  add(): ApexMap {
    const { universe } = current;
    const parameters = mapOf(universe.String, universe.Object);
    this.invocations.push(parameters);
    return parameters;
  }

  invoke(): ActionResult[] {
    if (this.standard) return unsupported(`the standard action ${this.name}`);
    const inputs = this.invocations.length > 0 ? this.invocations : [this.last];
    switch (this.type.toLowerCase()) {
      case 'apex':
        return this.#results(inputs, invokeApex(this.name, inputs));
      case 'flow': {
        if (current.tx.services.hasFlow(this.name)) return unsupported(`the flow ${this.name}`);
        // An action that is not there fails each invocation. Source of the text: octoberswimmer/aer-dist, issue 167
        const name = this.namespace === null ? this.name : `${this.namespace}__${this.name}`;
        const error = new ActionError('INVALID_API_INPUT', `Action name not found: ${name}`);
        return this.#results(
          inputs,
          inputs.map(() => error),
        );
      }
      default:
        return unsupported(`invocable actions of type ${this.type}`);
    }
  }

  #results(inputs: readonly ApexMap[], outcomes: readonly (ApexMap | ActionError)[]): ActionResult[] {
    return inputs.map((input, index) => new ActionResult(this, input, outcomes[index] ?? null));
  }
}

function custom(type: string | null, namespace: string | null, name: string | null): Action {
  return new Action({ type: required(type), namespace, name: required(name), standard: false });
}

const resultType = () => current.universe.platform('Invocable.Action.Result');

export const ActionClass = platformClass('Invocable.Action', {
  'static Invocable.Action createCustomAction(String, String)': (type: string | null, name: string | null) =>
    custom(type, null, name),
  'static Invocable.Action createCustomAction(String, String, String)': (
    type: string | null,
    namespace: string | null,
    name: string | null,
  ) => custom(type, namespace, name),
  'static Invocable.Action createStandardAction(String)': (type: string | null) =>
    new Action({ type: required(type), namespace: null, name: required(type), standard: true }),
  'Invocable.Action addInvocation()': (action: Action) => {
    action.add();
    return action;
  },
  'Invocable.Action clearInvocations()': (action: Action) => {
    action.invocations = [];
    return action;
  },
  'Invocable.Action clone()': (action: Action) => new Action(action, action.invocations),
  'String getName()': (action: Action) => action.name,
  'String getNamespace()': (action: Action) => action.namespace,
  'String getType()': (action: Action) => action.type,
  'Boolean isStandard()': (action: Action) => action.standard,
  'List<Invocable.Action.Result> invoke()': (action: Action) => listOf(resultType(), action.invoke()),
  'Invocable.Action setInvocationParameter(String, Object)': (action: Action, name: string | null, value: unknown) => {
    action.last.put(required(name), value);
    return action;
  },
  'Invocable.Action setInvocations(List<Map<String, Object>>)': (action: Action, invocations: ApexList | null) => {
    const given = required(invocations).items as (ApexMap | null)[];
    action.invocations = given.map((one) => one ?? raise('System.NullPointerException', 'Argument cannot be null.'));
    return action;
  },
});
