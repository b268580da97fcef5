import type { Type } from '../../types/type.ts';
import { isSubtype } from '../../types/assignable.ts';
import { seeAllData } from '../declare/seeAllData.ts';
import type { UserDef, UserMethod } from '../declare/userDef.ts';

/** What an annotation, or a keyword like one, asks of the method that it stands on: a message for each fault. */
type Contract = (method: UserMethod, def: UserDef) => (string | false)[];

const HTTP_VERBS = ['httpdelete', 'httpget', 'httppatch', 'httppost', 'httpput'];
const ONCE = ['testsetup', 'invocablemethod', ...HTTP_VERBS];
const SPELT: Readonly<Record<string, string>> = {
  auraenabled: 'AuraEnabled',
  future: 'Future',
  httpdelete: 'HttpDelete',
  httpget: 'HttpGet',
  httppatch: 'HttpPatch',
  httppost: 'HttpPost',
  httpput: 'HttpPut',
  invocablemethod: 'InvocableMethod',
  istest: 'IsTest',
  readonly: 'ReadOnly',
  remoteaction: 'RemoteAction',
  testmethod: 'testMethod',
  testsetup: 'TestSetup',
  webservice: 'webService',
};

const CONTRACTS: Readonly<Record<string, Contract>> = {
  istest: testMethod('IsTest'),
  testmethod: testMethod('testMethod'),
  testsetup: (method, def) => [
    method.params.length > 0 && 'Test methods must have no arguments',
    method.returns !== def.scope.universe.void && 'Test setup method must return void',
    seeAllData(def.decl.modifiers) === true && 'Test class cannot be annotated with @isTest(SeeAllData=true)',
    someSeesAllData(def) &&
      'Test class containing a test setup method cannot have any methods annotated with @isTest(SeeAllData=true)',
  ],
  future: (method, def) => [
    returnFault('Future', method, method.returns === def.scope.universe.void),
    ...paramFaults('Future', method, isPrimitiveOrCollection),
  ],
  invocablemethod: (method, def) => [
    method.params.length > 1 && 'Only one parameter is supported on methods with @Invocable annotation',
    ...method.params
      .slice(0, 1)
      .map(
        ({ type }) =>
          type.def.name !== 'List' &&
          `Unsupported parameter type ${type.name}. Valid invocable parameters must be List types like List<T> where T is a supported type`,
      ),
    returnFault(
      'InvocableMethod',
      method,
      method.returns === def.scope.universe.void || method.returns.def.name === 'List',
    ),
    method.annotations.some(
      (name) => !['invocablemethod', 'deprecated', 'suppresswarnings', 'testvisible'].includes(name),
    ) && 'The only annotation that can be used with InvocableMethod is Deprecated',
  ],
  auraenabled: (method, def) => [
    !method.static && method.params.length > 0 && 'Non static AuraEnabled methods may not have parameters',
    !method.static && !/^get/i.test(method.name) && "Non static AuraEnabled methods must be named with a prefix 'get'",
    def.apiVersion >= 55 &&
      isOverloaded(def, method, 'auraenabled') &&
      `Overload of AuraEnabled method: ${method.name} overload is not permitted`,
    (def.fields.get(method.name.toLowerCase())?.annotations.includes('auraenabled') ?? false) &&
      `AuraEnabled method and variable cannot have the same name: ${method.name}`,
  ],
  webservice: (method, def) => [
    isOverloaded(def, method, 'webservice') &&
      `Web Service does not support two web service methods with the same name: ${method.name}`,
    ...paramFaults('webService', method, (type) => !isClosedToSoap(type, def)),
  ],
  remoteaction: (method, def) => [
    (def.methods.get(method.name.toLowerCase()) ?? []).some(
      (other) =>
        other !== method && other.annotations.includes('remoteaction') && other.params.length === method.params.length,
    ) && 'Remote Action does not support two remote action methods with the same name and same number of parameters',
  ],
  httpget: restMethod('HttpGet', true),
  httpdelete: restMethod('HttpDelete', true),
  httppatch: restMethod('HttpPatch'),
  httppost: restMethod('HttpPost'),
  httpput: restMethod('HttpPut'),
  readonly: (method, def) => [
    !mayBeReadOnly(method, def) &&
      'Only WebService, RemoteAction or Schedulable.execute(SchedulableContext) methods can be marked ReadOnly',
  ],
};

/** What is wrong with a method as the annotations and the keywords `testmethod` and `webservice` want it. */
export function methodContractFaults(method: UserMethod, def: UserDef): string[] {
  const keywords = method.decl?.modifiers.keywords ?? [];
  return [...new Set([...method.annotations, ...keywords])].flatMap((name) => [
    ...(CONTRACTS[name]?.(method, def) ?? []).filter((fault) => fault !== false),
    ...(ONCE.includes(name) ? onceFaults(name, method, def) : []),
  ]);
}

function testMethod(name: string): Contract {
  return (method, def) => [
    !method.decl?.modifiers.keywords.includes('static') && `${name} methods must be declared as static`,
    method.params.length > 0 && 'Test methods must have no arguments',
    // That a test method of an old class may return something rests on certinia/df12-apex-enterprise-patterns alone.
    returnFault(name, method, method.returns === def.scope.universe.void || def.apiVersion < 28),
  ];
}

/**
 * What REST neither takes nor gives is a bare Object (Apex Developer Guide, Exposing Apex Classes as REST Web Services, lists
 * the types; that the compiler refuses it is reported of several orgs).
 */
function restMethod(name: string, takesNothing = false): Contract {
  return (method, { scope }) => [
    takesNothing && method.params.length > 0 && `${name} methods do not support parameters`,
    returnFault(name, method, method.returns !== scope.universe.Object),
    ...(takesNothing ? [] : paramFaults(name, method, (type) => type !== scope.universe.Object)),
  ];
}

function someSeesAllData(def: UserDef): boolean {
  return [...def.methods.values()].some((overloads) =>
    overloads.some((method) => method.decl !== null && seeAllData(method.decl.modifiers) === true),
  );
}

function onceFaults(name: string, method: UserMethod, def: UserDef): string[] {
  for (const overloads of def.methods.values()) {
    const first = overloads.find((other) => other.annotations.includes(name));
    if (first) return first === method ? [] : [`Only one method per type can be defined with: ${SPELT[name]}`];
  }
  return [];
}

function returnFault(name: string, method: UserMethod, allowed: boolean): string | false {
  return !allowed && `${name} methods do not support return type of ${method.returns.name}`;
}

function paramFaults(name: string, method: UserMethod, allowed: (type: Type) => boolean): string[] {
  const refused = method.params.filter(({ type }) => type.name !== 'unknown' && !allowed(type));
  return refused.map(({ type }) => `${name} methods do not support parameter type of ${type.name}`);
}

function isPrimitiveOrCollection(type: Type): boolean {
  return type.args.length > 0 ? type.args.every(isPrimitiveOrCollection) : type.def.kind === 'primitive';
}

/** SOAP knows neither maps nor sets, patterns, matchers and exceptions. */
function isClosedToSoap(type: Type, def: UserDef): boolean {
  const { universe } = def.scope;
  if (['Map', 'Set', 'Pattern', 'Matcher'].includes(type.def.name) || isSubtype(universe, type, universe.Exception))
    return true;
  return type.args.some((arg) => isClosedToSoap(arg, def));
}

function isOverloaded(def: UserDef, method: UserMethod, mark: string): boolean {
  const marked = (other: UserMethod): boolean =>
    other.annotations.includes(mark) || (other.decl?.modifiers.keywords.includes(mark) ?? false);
  return (def.methods.get(method.name.toLowerCase()) ?? []).some((other) => other !== method && marked(other));
}

function mayBeReadOnly(method: UserMethod, def: UserDef): boolean {
  const marks = [...method.annotations, ...(method.decl?.modifiers.keywords ?? [])];
  if (['webservice', 'remoteaction', ...HTTP_VERBS].some((mark) => marks.includes(mark))) return true;
  const isSchedulable = def.interfaces.some((type) => type.name === 'Schedulable');
  const [context] = method.params;
  return isSchedulable && method.name.toLowerCase() === 'execute' && context?.type.name === 'SchedulableContext';
}
