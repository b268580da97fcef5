import type { Modifiers } from '../ast.ts';

/** What modifiers stand on, in the words of Salesforce's messages. */
export type Element =
  | 'classes'
  | 'interfaces'
  | 'enums'
  | 'methods'
  | 'interface methods'
  | 'constructors'
  | 'fields'
  | 'properties'
  | 'accessors';

/** Where modifiers stand. */
export interface Placement {
  readonly element: Element;
  /** How many types stand around; 0 for a top-level type. A member of a top-level type has 1. */
  readonly depth: number;
  /** Modifiers of the type around; null for a top-level type. */
  readonly defining: Modifiers | null;
  /** Modifiers of the top-level type around the type around, where there is one. */
  readonly enclosing: Modifiers | null;
  readonly apiVersion: number;
}

const VISIBILITY = ['private', 'protected', 'public', 'global'];
const SHARING = ['with sharing', 'without sharing', 'inherited sharing'];

const ALLOWED: Readonly<Record<Element, readonly string[]>> = {
  classes: ['private', 'public', 'global', 'abstract', 'virtual', ...SHARING],
  interfaces: ['private', 'public', 'global', 'virtual'],
  enums: ['private', 'public', 'global'],
  methods: [...VISIBILITY, 'static', 'abstract', 'virtual', 'override', 'webservice', 'testmethod'],
  'interface methods': [],
  constructors: VISIBILITY,
  fields: [...VISIBILITY, 'static', 'final', 'transient', 'webservice'],
  properties: [...VISIBILITY, 'static', 'final', 'transient', 'webservice'],
  accessors: VISIBILITY,
};

/** What Salesforce refuses of the keywords of a declaration, each fault in its words with the mend behind. */
export function modifierFaults(modifiers: Modifiers, place: Placement): string[] {
  const { keywords } = modifiers;
  const { element } = place;
  const has = (word: string): boolean => keywords.includes(word);
  const faults: string[] = [];
  const twice = keywords.find((word, i) => keywords.indexOf(word) < i);
  if (twice !== undefined) faults.push(`Duplicate modifier: ${spelt(twice)}`);
  for (const word of new Set(keywords)) {
    if (!ALLOWED[element].includes(word))
      faults.push(`${spelt(word)} is not allowed on ${element}${reason(word, element)}`);
  }
  if (faults.length > 0) return faults;
  const scopes = keywords.filter((word) => VISIBILITY.includes(word));
  if (scopes.length > 1) faults.push(`Declarations can only have one scope, not both ${scopes.join(' and ')}`);
  const sharing = keywords.filter((word) => SHARING.includes(word));
  if (sharing.length > 1) faults.push(`Declarations can only have one sharing mode, not both ${sharing.join(' and ')}`);
  if (has('abstract') && has('virtual'))
    faults.push(`abstract ${element} cannot be virtual. Remove virtual: abstract implies it.`);
  if (has('static')) faults.push(...staticFaults(keywords, place));
  return [...faults, ...definingTypeFaults(keywords, place)];
}

function staticFaults(keywords: readonly string[], { element, depth }: Placement): string[] {
  const faults: string[] = [];
  if (depth > 1) {
    const kind = element === 'properties' ? 'fields' : element;
    faults.push(`static can only be used on ${kind} of a top level type`);
  }
  for (const word of ['abstract', 'virtual', 'override', 'protected']) {
    if (keywords.includes(word)) faults.push(`${word} ${element} cannot be static`);
  }
  return faults;
}

function definingTypeFaults(keywords: readonly string[], place: Placement): string[] {
  const { element, defining, enclosing } = place;
  const faults: string[] = [];
  const needs = (word: string): boolean => keywords.includes(word);
  const defined = (word: string): boolean => defining?.keywords.includes(word) ?? false;
  for (const word of ['global', 'webservice']) {
    if (!needs(word) || !defining) continue;
    if (!defined('global')) faults.push(`Defining type for ${spelt(word)} ${element} must be declared as global`);
    else if (enclosing && !enclosing.keywords.includes('global')) {
      faults.push(`Enclosing type for ${spelt(word)} ${element} in apex classes must be declared as global`);
    }
  }
  if (element !== 'methods') return faults;
  if (needs('testmethod') && place.apiVersion >= 28 && !isTestClass(defining)) {
    faults.push('Defining type for testMethod methods must be declared as IsTest');
  }
  if (needs('abstract') && !defined('abstract'))
    faults.push('Defining type for abstract methods must be declared as abstract');
  if (needs('protected') && !needs('override') && !defined('virtual') && !defined('abstract')) {
    faults.push(
      'New protected methods cannot be defined in non-virtual classes. Make the class virtual, or the method private.',
    );
  }
  if (needs('webservice') && !needs('static')) faults.push('webService methods must be declared as static');
  for (const word of ['abstract', 'override']) {
    const open = ['protected', 'public', 'global'].some(needs);
    if (place.apiVersion >= 65 && needs(word) && !open) {
      faults.push(
        `${word} methods require at least one of the following protected, public, global (since API version 65).`,
      );
    }
  }
  return faults;
}

/** Since version 28 tests stand in classes of their own. Source: Apex Developer Guide, IsTest Annotation. */
function isTestClass(defining: Modifiers | null): boolean {
  return defining?.annotations.some(({ name }) => name.toLowerCase() === 'istest') ?? false;
}

/** As messages spell it. */
function spelt(word: string): string {
  if (word === 'webservice') return 'webService';
  return word === 'testmethod' ? 'testMethod' : word;
}

function reason(word: string, element: Element): string {
  if (word === 'final' && (element === 'classes' || element === 'methods'))
    return ': they are final unless declared virtual or abstract';
  if (element === 'interface methods') return ': they are public or global as their interface is';
  return '';
}
