import type { Annotation, Modifiers } from '../ast.ts';
import type { Element, Placement } from './modifiers.ts';
import { suggestion } from './suggestion.ts';

interface AnnotationRule {
  /** As messages spell it. */
  readonly name: string;
  readonly on: readonly Element[];
  /** Its properties with what their values are. */
  readonly properties?: Readonly<Record<string, 'Boolean' | 'String' | 'Integer'>>;
  /** One of these must be among the modifiers. */
  readonly needsOne?: readonly string[];
  /** The API version since which {@link needsOne} holds for properties too. */
  readonly propertiesSince?: number;
  /** Each of these must be among the modifiers. */
  readonly needs?: readonly string[];
  /** None of these may be. */
  readonly not?: readonly string[];
  /** The type around must have this annotation (lower case). */
  readonly definedIn?: string;
  /** Only for members of top-level types, or for top-level types. */
  readonly topLevel?: boolean;
}

const TYPES: readonly Element[] = ['classes', 'interfaces', 'enums'];
const EVERYWHERE: readonly Element[] = [
  ...TYPES,
  'methods',
  'interface methods',
  'constructors',
  'fields',
  'properties',
  'accessors',
];
const OPEN = ['global', 'public'];
const HTTP = { on: ['methods'], needs: ['global', 'static'], definedIn: 'restresource', topLevel: true } as const;

const RULES: readonly AnnotationRule[] = [
  {
    name: 'AuraEnabled',
    on: ['methods', 'fields', 'properties'],
    properties: { cacheable: 'Boolean', continuation: 'Boolean', scope: 'String' },
    needsOne: OPEN,
    // So the compiler in @salesforce/sfdx-scanner 2.13.7.
    propertiesSince: 47,
  },
  {
    name: 'Deprecated',
    on: [...TYPES, 'methods', 'constructors', 'fields', 'properties'],
    properties: { removed: 'String' },
  },
  {
    name: 'Future',
    on: ['methods'],
    properties: { callout: 'Boolean', limits: 'String' },
    needs: ['static'],
    topLevel: true,
  },
  { name: 'HttpDelete', ...HTTP },
  { name: 'HttpGet', ...HTTP },
  { name: 'HttpPatch', ...HTTP },
  { name: 'HttpPost', ...HTTP },
  { name: 'HttpPut', ...HTTP },
  {
    name: 'InvocableMethod',
    on: ['methods'],
    properties: {
      callout: 'Boolean',
      capabilityType: 'String',
      category: 'String',
      configurationEditor: 'String',
      description: 'String',
      iconName: 'String',
      label: 'String',
    },
    needs: ['static'],
    needsOne: OPEN,
    topLevel: true,
  },
  {
    name: 'InvocableVariable',
    on: ['fields'],
    properties: {
      defaultValue: 'String',
      description: 'String',
      label: 'String',
      placeholderText: 'String',
      required: 'Boolean',
    },
    needsOne: OPEN,
    not: ['static', 'final'],
  },
  {
    name: 'IsTest',
    on: ['classes', 'methods'],
    properties: {
      critical: 'Boolean',
      isParallel: 'Boolean',
      onInstall: 'Boolean',
      seeAllData: 'Boolean',
      testFor: 'String',
    },
    not: ['virtual', 'abstract'],
    topLevel: true,
  },
  { name: 'JsonAccess', on: ['classes'], properties: { serializable: 'String', deserializable: 'String' } },
  {
    name: 'NamespaceAccessible',
    on: [...TYPES, 'methods', 'constructors', 'fields', 'properties'],
  },
  { name: 'ReadOnly', on: ['methods'], properties: { useReplica: 'String' } },
  { name: 'RemoteAction', on: ['methods'], needs: ['static'], needsOne: OPEN, topLevel: true },
  { name: 'RestResource', on: ['classes'], properties: { urlMapping: 'String' }, needs: ['global'], topLevel: true },
  { name: 'SuppressWarnings', on: EVERYWHERE, properties: { value: 'String' } },
  { name: 'TestSetup', on: ['methods'], needs: ['static'], definedIn: 'istest', topLevel: true },
  { name: 'TestVisible', on: EVERYWHERE },
];

const RULE_BY_NAME = new Map(RULES.map((rule) => [rule.name.toLowerCase(), rule]));

/** What Salesforce refuses of a declaration's annotations, each with the annotation that it is about. */
export function annotationFaults(
  modifiers: Modifiers,
  place: Placement,
): { annotation: Annotation; message: string }[] {
  const { annotations } = modifiers;
  return annotations.flatMap((annotation, i) => {
    const rule = RULE_BY_NAME.get(annotation.name.toLowerCase());
    const faults: string[] = [];
    if (!rule) {
      faults.push(
        `Annotation does not exist: ${annotation.name}.${suggestion(
          annotation.name,
          RULES.map((known) => known.name),
        )}`,
      );
    } else if (annotations.findIndex((other) => sameName(other, annotation)) < i) {
      faults.push(`Duplicate modifier: ${rule.name}`);
    } else if (!rule.on.includes(place.element)) faults.push(`${rule.name} is not allowed on ${place.element}`);
    else faults.push(...propertyFaults(rule, annotation), ...placeFaults(rule, modifiers.keywords, place));
    return faults.map((message) => ({ annotation, message }));
  });
}

function sameName(a: Annotation, b: Annotation): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase();
}

function placeFaults(
  rule: AnnotationRule,
  keywords: readonly string[],
  { element, depth, defining, apiVersion }: Placement,
): string[] {
  const faults: string[] = [];
  if (rule.topLevel && element === 'classes' && depth > 0) return [`${rule.name} can only be used on a top level type`];
  if (rule.topLevel && element !== 'classes' && depth > 1) {
    return [`${rule.name} can only be used on ${element} of a top level type`];
  }
  for (const word of rule.needs ?? []) {
    if (!keywords.includes(word)) faults.push(`${rule.name} ${element} must be declared as ${word}`);
  }
  for (const word of rule.not ?? []) {
    if (keywords.includes(word)) faults.push(`${rule.name} ${element} cannot be ${word}`);
  }
  const isOpen = element === 'properties' && apiVersion < (rule.propertiesSince ?? 0);
  if (
    rule.needsOne &&
    !isOpen &&
    !keywords.includes('webservice') &&
    !rule.needsOne.some((word) => keywords.includes(word))
  ) {
    faults.push(`${rule.name} ${element} require at least one of the following ${rule.needsOne.join(', ')}`);
  }
  // A method is a test only in a test class; before version 28 it may stand in any (Apex Developer Guide, What Are Apex Unit Tests?).
  const isTest = rule.name === 'IsTest' && element === 'methods' && apiVersion >= 28;
  const definedIn = isTest ? 'istest' : rule.definedIn;
  if (
    definedIn !== undefined &&
    defining &&
    !defining.annotations.some(({ name }) => name.toLowerCase() === definedIn)
  ) {
    faults.push(`Defining type for ${rule.name} ${element} must be declared as ${RULE_BY_NAME.get(definedIn)?.name}`);
  }
  return faults;
}

function propertyFaults(rule: AnnotationRule, { values }: Annotation): string[] {
  const faults: string[] = [];
  const properties = rule.properties ?? {};
  for (const { name, value } of values) {
    const type = Object.entries(properties).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
    if (type === undefined) {
      const known = suggestion(name, Object.keys(properties));
      faults.push(`No such property, ${name}, defined on this annotation: ${rule.name}.${known}`);
    } else if (type === 'Boolean' && !/^(true|false)$/i.test(value)) {
      faults.push(`Invalid value for property ${name} expected type Boolean`);
    }
  }
  const [first] = values;
  if (rule.name === 'JsonAccess') faults.push(...accessFaults(values));
  if (rule.name === 'IsTest' && isTrue(values, 'isparallel') && isTrue(values, 'seealldata')) faults.push(PARALLEL);
  if (rule.name === 'RestResource')
    faults.push(...urlFaults(values.find(({ name }) => /^urlmapping$/i.test(name))?.value));
  if (rule.name === 'JsonAccess' && !first)
    faults.push('At least one JSON serialization control parameter must be specified');
  if (rule.name === 'SuppressWarnings' && !first) faults.push('Required property is missing: value');
  return faults;
}

const PARALLEL =
  'Test class annotated with @isTest(IsParallel=true) cannot also be annotated with @isTest(SeeAllData=true)';

function isTrue(values: Annotation['values'], property: string): boolean {
  return values.some(({ name, value }) => name.toLowerCase() === property && value.toLowerCase() === 'true');
}

/** Who may read or write JSON of a class. Source: Apex Developer Guide, JsonAccess Annotation. */
const JSON_ACCESS = ['never', 'samenamespace', 'samepackage', 'always'];

function accessFaults(values: Annotation['values']): string[] {
  return values
    .filter(({ value }) => !JSON_ACCESS.includes(value.toLowerCase()))
    .map(({ name, value }) => `Annotation property, ${name} on JsonAccess, unknown value: ${value}`);
}

function urlFaults(url: string | undefined): string[] {
  if (url === undefined) return ['Required property is missing: urlMapping'];
  if (url === '') return ['Rest Resource url cannot be empty'];
  if (!url.startsWith('/')) return ["Rest Resource url must begin with a forward slash, '/'"];
  if (url.length > 255) return ['Rest Resource url cannot be longer than 255 characters'];
  if (/[^/]\*/.test(url)) return ["Rest Resource url wildcard, '*', must be preceded by a forward slash, '/'"];
  if (/\*[^/]/.test(url)) {
    return ["Rest Resource url wildcard, '*', must be followed by a forward slash, '/', or be the last character"];
  }
  return [];
}
