import type {
  Accessor,
  ConstructorDecl,
  FieldDecl,
  Identifier,
  Member,
  MethodDecl,
  Modifiers,
  Position as At,
  PropertyDecl,
} from '../ast.ts';
import type { Visibility } from '../../types/type.ts';
import { isType } from '../declare/userDef.ts';
import type { UserDef, UserMethod } from '../declare/userDef.ts';
import { methodContractFaults } from './annotatedMethods.ts';
import { annotationFaults } from './annotations.ts';
import { nameFault } from './identifiers.ts';
import type { Named } from './identifiers.ts';
import { modifierFaults } from './modifiers.ts';
import type { Element } from './modifiers.ts';
import { checkImplemented, checkOverriding } from './overriding.ts';
import { checkParents } from './parents.ts';

const OPENNESS: readonly Visibility[] = ['private', 'protected', 'public', 'global'];
const MOST_PARAMETERS = 32;

/**
 * Checks what a class declares: names, modifiers, parents, overriding. Types that do not exist are reported on the
 * way.
 */
export function checkDeclarations(def: UserDef): void {
  checkTypeItself(def);
  checkParents(def);
  void def.interfaces.length;
  void def.fields.size; // reports types that do not exist, and duplicates
  void def.constructors.length;
  const { decl } = def;
  if (decl.kind === 'enum') checkEnumValues(def, decl.values);
  for (const member of decl.kind === 'class' ? decl.members : []) checkMember(def, member);
  for (const overloads of def.methods.values()) for (const method of overloads) checkMethod(def, method);
  if (def.kind === 'class') checkImplemented(def);
  for (const inner of def.inner.values()) checkInner(def, inner);
}

function report(def: UserDef, at: At, message: string): void {
  def.scope.problems.add(def.file, at, message);
}

function checkName(def: UserDef, name: Identifier, named: Named): void {
  const fault = nameFault(name, named);
  if (fault !== null) report(def, name.at, fault);
}

function checkTypeItself(def: UserDef): void {
  const element = def.kind === 'interface' ? 'interfaces' : def.kind === 'enum' ? 'enums' : 'classes';
  const { name, modifiers } = def.decl;
  checkName(def, name, 'type');
  const place = {
    element,
    depth: def.outer ? 1 : 0,
    defining: def.outer?.decl.modifiers ?? null,
    enclosing: null,
    apiVersion: def.apiVersion,
  } as const;
  for (const message of modifierFaults(modifiers, place)) report(def, name.at, message);
  for (const { annotation, message } of annotationFaults(modifiers, place)) report(def, annotation.at, message);
}

/** Modifiers and annotations of a member. */
function checkModifiers(def: UserDef, modifiers: Modifiers, element: Element, at: At): void {
  const place = {
    element,
    depth: def.outer ? 2 : 1,
    defining: def.decl.modifiers,
    enclosing: def.outer?.decl.modifiers ?? null,
    apiVersion: def.apiVersion,
  };
  for (const message of modifierFaults(modifiers, place)) report(def, at, message);
  for (const { annotation, message } of annotationFaults(modifiers, place)) report(def, annotation.at, message);
}

function checkEnumValues(def: UserDef, values: readonly Identifier[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    const key = value.name.toLowerCase();
    if (seen.has(key)) report(def, value.at, `Duplicate field: ${value.name}`);
    seen.add(key);
    checkName(def, value, 'variable');
  }
}

function checkMember(def: UserDef, member: Member): void {
  switch (member.kind) {
    case 'field':
      checkField(def, member);
      break;
    case 'property':
      checkProperty(def, member);
      break;
    case 'constructor':
      checkConstructor(def, member);
      break;
    case 'initializer':
      if (member.static && def.outer) report(def, member.at, 'Inner types are not allowed to have static blocks');
      break;
    case 'method':
      checkModifiers(def, member.modifiers, 'methods', member.name.at);
      checkName(def, member.name, 'method');
      checkParameters(def, member);
      break;
    default:
      if (isType(member) && def.outer) report(def, member.name.at, 'Inner types are not allowed to have inner types');
  }
}

function checkField(def: UserDef, field: FieldDecl): void {
  const [first] = field.variables;
  if (first) checkModifiers(def, field.modifiers, 'fields', first.name.at);
  for (const { name } of field.variables) {
    checkName(def, name, 'variable');
    const fault = invocableFault(def, name.name);
    if (fault !== null) report(def, name.at, fault);
  }
}

/** Flows know neither maps nor sets. Source: Apex Developer Guide, InvocableVariable Annotation, lists what they know. */
function invocableFault(def: UserDef, name: string): string | null {
  const field = def.fields.get(name.toLowerCase());
  if (!field?.annotations.includes('invocablevariable') || !['Map', 'Set'].includes(field.type.def.name)) return null;
  return `InvocableVariable fields do not support type of ${field.type.name}`;
}

function checkProperty(def: UserDef, property: PropertyDecl): void {
  const { name, modifiers, getter, setter } = property;
  checkModifiers(def, modifiers, 'properties', name.at);
  checkName(def, name, 'variable');
  if (!getter && !setter)
    report(def, name.at, `Property must have at least one accessor: ${name.name}. Write { get; set; }.`);
  const symbol = def.fields.get(name.name.toLowerCase());
  if (!symbol) return;
  for (const [kind, accessor] of [['get', getter] as const, ['set', setter] as const]) {
    if (accessor) checkAccessor(def, accessor, kind, symbol.visibility);
  }
}

function checkAccessor(def: UserDef, accessor: Accessor, kind: 'get' | 'set', property: Visibility): void {
  checkModifiers(def, accessor.modifiers, 'accessors', accessor.at);
  const own = OPENNESS.find((word) => accessor.modifiers.keywords.includes(word));
  if (own && OPENNESS.indexOf(own) > OPENNESS.indexOf(property)) {
    report(def, accessor.at, `Cannot declare ${own} ${kind} accessor on ${property} property`);
  }
}

function checkConstructor(def: UserDef, constructor: ConstructorDecl): void {
  checkModifiers(def, constructor.modifiers, 'constructors', constructor.name.at);
  checkParameters(def, constructor);
}

function checkParameters(def: UserDef, { params, name }: MethodDecl | ConstructorDecl): void {
  for (const [i, param] of params.entries()) {
    checkName(def, param.name, 'variable');
    const key = param.name.name.toLowerCase();
    const isTwice = params.findIndex((other) => other.name.name.toLowerCase() === key) < i;
    if (isTwice) report(def, param.name.at, `Duplicate variable: ${param.name.name}`);
  }
  if (params.length > MOST_PARAMETERS) report(def, name.at, `Invalid number of parameters exceeds: ${MOST_PARAMETERS}`);
}

function checkMethod(def: UserDef, method: UserMethod): void {
  const { decl } = method;
  if (!decl || decl.kind !== 'method') return;
  const at = decl.name.at;
  if (def.kind === 'interface') {
    checkModifiers(def, decl.modifiers, 'interface methods', at);
    checkName(def, decl.name, 'method');
    checkParameters(def, decl);
    return;
  }
  if (method.abstract && decl.body) report(def, at, 'Abstract methods cannot have a body');
  if (!method.abstract && !decl.body) report(def, at, 'Method must have a body');
  for (const message of methodContractFaults(method, def)) report(def, at, message);
  checkOverriding(def, method);
}

function checkInner(def: UserDef, inner: UserDef): void {
  const { name } = inner.decl.name;
  if (name.toLowerCase() === def.decl.name.name.toLowerCase()) {
    report(def, inner.decl.name.at, `Type name already in use: ${inner.name}. The class around it has it.`);
  }
  checkDeclarations(inner);
}
