import type { Type } from '../../types/type.ts';
import type { BExpr } from '../bound.ts';
import { argTypes } from './callText.ts';

/**
 * Whether a collection may be made from another, or a set take all of a list: only where both have the same elements, while lists
 * may be assigned and added to lists of related ones. So the compiler in @salesforce/sfdx-scanner 2.13.7; of records, which it was
 * not asked about, any may stand for SObjects.
 */
export function hasSameElements(collection: Type, args: readonly BExpr[]): boolean {
  const given = args.length === 1 ? args[0]?.type : undefined;
  if (!given || given.args.length !== collection.args.length || given.def.origin === 'user') return true;
  return given.args.every((arg, i) => {
    const wanted = collection.args[i] as Type;
    return arg === wanted || isUnknown(arg) || isUnknown(wanted) || (holdsRecords(arg) && holdsRecords(wanted));
  });
}

/** A record, or a collection of some. */
function holdsRecords(type: Type): boolean {
  return type.def.kind === 'sobject' || type.args.some(holdsRecords);
}

/** What could not be resolved has its problem already. */
function isUnknown(type: Type): boolean {
  return type.def.name === 'unknown' || type.args.some(isUnknown);
}

const ALL = new Set(['addall', 'containsall', 'removeall', 'retainall']);

/** What is wrong with `set.addAll(list)` and its kin, or null. */
export function allFault(collection: Type, name: string, args: readonly BExpr[]): string | null {
  if (collection.def.name !== 'Set' || !ALL.has(name.toLowerCase()) || hasSameElements(collection, args)) return null;
  return `Illegal all method call for argument type, ${argTypes(args)}, for collection: ${collection.name}`;
}
