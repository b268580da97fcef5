import type { Modifiers } from '../ast.ts';

/** Up to this API version tests see the org's records without asking for it. Source: Apex Developer Guide. */
const LAST_OPEN_VERSION = 23;

/** What `@IsTest(SeeAllData=…)` says; null where it says nothing. */
export function seeAllData(modifiers: Modifiers): boolean | null {
  for (const { name, values } of modifiers.annotations) {
    const given =
      name.toLowerCase() === 'istest' ? values.find((value) => /^seealldata$/i.test(value.name)) : undefined;
    if (given) return given.value.toLowerCase() === 'true';
  }
  return null;
}

/**
 * Whether a test method sees the org's records: what it says itself counts, then what its class says. Source: Apex
 * Developer Guide, "Using the isTest(SeeAllData=True) Annotation".
 */
export function methodSeesAllData(method: Modifiers, ofClass: Modifiers, apiVersion: number): boolean {
  return seeAllData(method) ?? seeAllData(ofClass) ?? apiVersion <= LAST_OPEN_VERSION;
}
