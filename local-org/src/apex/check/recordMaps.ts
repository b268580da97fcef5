import { isAssignable } from '../../types/assignable.ts';
import type { Type } from '../../types/type.ts';
import type { Universe } from '../../types/universe.ts';
import { argTypes } from './callText.ts';
import type { BExpr } from '../bound.ts';
import { isRecordSet } from './convert.ts';

/**
 * Whether a map takes the records of a list by their ids: it is one of records of that object, or of any, by Id or String.
 * Source: Apex Reference, Map.putAll(sobjectArray) and Map(recordList). True for arguments that are no list of records.
 */
export function takesRecords(universe: Universe, map: Type, args: readonly BExpr[]): boolean {
  const [records] = args;
  const row = records?.type.def.name === 'List' ? records.type.args[0] : undefined;
  const [key, value] = map.args;
  if (map.def.name !== 'Map' || args.length !== 1 || row?.def.kind !== 'sobject') return true;
  const isKey = key === universe.Id || key === universe.String || key === universe.Object;
  const narrows = row === universe.SObject && value?.def.kind === 'sobject' && isRecordSet(records as BExpr);
  return isKey && value !== undefined && (narrows || isAssignable(row, value, universe));
}

/** What is wrong with `map.putAll(records)`, or null. */
export function putAllFault(universe: Universe, map: Type, args: readonly BExpr[]): string | null {
  return takesRecords(universe, map, args) ? null : `Invalid putAll type ${argTypes(args)} found for ${map.name}`;
}
