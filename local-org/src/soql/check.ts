import type { PreparedQuery, QueryProblem } from '../engine/data.ts';
import type { Schema } from '../schema/descriptor.ts';
import { parseQuery } from './parser.ts';
import { planQuery } from './planner.ts';
import { QueryError } from './problem.ts';

/** Checks a query's text against a schema, as the compiler does with a query in the source. */
export function checkQuery(schema: Schema, text: string): PreparedQuery | QueryProblem {
  try {
    const plan = planQuery(schema, parseQuery(text));
    return { text, object: plan.object.name, result: plan.result, binds: plan.binds };
  } catch (error) {
    if (error instanceof QueryError) return { message: error.message, offset: error.offset };
    throw error;
  }
}
