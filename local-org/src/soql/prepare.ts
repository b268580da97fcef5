import type { PreparedQuery, QueryProblem } from '../engine/data.ts';
import type { Schema } from '../schema/descriptor.ts';
import { parseQuery } from './parser.ts';
import { planQuery } from './planner.ts';
import type { Plan } from './plan.ts';
import { QueryError } from './problem.ts';
import { selectionOf } from './selection.ts';

/** From this version on, WITH SECURITY_ENFORCED is refused. */
const WITHOUT_ENFORCED = 67;

/** A query that can be executed. */
export class PreparedPlan implements PreparedQuery {
  readonly text: string;
  readonly object: string;
  readonly result: PreparedQuery['result'];
  readonly binds: PreparedQuery['binds'];
  readonly plan: Plan;
  readonly #places: ReadonlyMap<string, number>;

  constructor(text: string, plan: Plan) {
    this.text = text;
    this.plan = plan;
    this.object = plan.object.name;
    this.result = plan.result;
    const names = bindNames(plan);
    this.#places = new Map(names.map((name, index) => [name, index]));
    this.binds = names.map((name) => {
      const use = plan.binds.find((bind) => bind.name === name);
      return { name, apexType: use?.apexType ?? 'Object', collection: use?.collection ?? false };
    });
  }

  get selection(): PreparedQuery['selection'] {
    return selectionOf(this.plan.columns);
  }

  /** Where the value of a bind stands among the values given to a query. */
  place(name: string): number {
    return this.#places.get(name) ?? -1;
  }
}

/** `$0`, `$1` … by number, other names in the order of the text. */
function bindNames(plan: Plan): string[] {
  const names = [...new Set(plan.binds.toSorted((a, b) => a.offset - b.offset).map((bind) => bind.name))];
  return names.toSorted((a, b) => numberOf(a) - numberOf(b));
}

function numberOf(name: string): number {
  return name.startsWith('$') ? Number(name.slice(1)) : 0;
}

/** A query that can't be prepared, with the API's code for the mistake. */
export interface QueryRefusal extends QueryProblem {
  readonly code: string;
}

/** Parses a query and checks it against a schema, for code of an API version. */
export function prepareQuery(schema: Schema, text: string, apiVersion = 67): PreparedPlan | QueryRefusal {
  try {
    const plan = planQuery(schema, parseQuery(text));
    if (plan.mode === 'enforced' && apiVersion >= WITHOUT_ENFORCED) {
      throw new QueryError('WITH SECURITY_ENFORCED is not supported from API version 67.0 on: use WITH USER_MODE', 0);
    }
    return new PreparedPlan(text, plan);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { message: error.message, offset: error.offset, code: error.code };
  }
}
