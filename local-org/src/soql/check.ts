import type { PreparedQuery, QueryProblem } from '../engine/data.ts';
import type { Schema } from '../schema/descriptor.ts';
import { prepareQuery } from './prepare.ts';

/** Checks a query's text against a schema, as the compiler does with a query in the source. */
export function checkQuery(schema: Schema, text: string, apiVersion?: number): PreparedQuery | QueryProblem {
  return prepareQuery(schema, text, apiVersion);
}
