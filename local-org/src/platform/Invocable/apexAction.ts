import { current } from '../../engine/current.ts';
import type { FieldSymbol, MethodSymbol, Type } from '../../types/type.ts';
import { ApexException, raise } from '../../values/exception.ts';
import { fieldsOf, readField, writeField } from '../../values/fields.ts';
import { releaseId } from '../../values/heldId.ts';
import { hooks } from '../../values/invoke.ts';
import { ApexList } from '../../values/list.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import { checkCast } from '../../values/typeOf.ts';
import { ActionError } from './results.ts';

/** The name of the output of a method that returns no class with `@InvocableVariable` fields. */
const OUTPUT = 'output';

/**
 * Calls the `@InvocableMethod` of a class once, with one element of its list for each invocation; the outputs by
 * parameter name, or why it failed. Which code an exception gives its error is unverified.
 */
export function invokeApex(className: string, inputs: readonly ApexMap[]): (ApexMap | ActionError)[] {
  const found = actionOf(className);
  if (!found) {
    // Source of the text: octoberswimmer/aer-dist, issue 167
    const error = new ActionError('INVALID_API_INPUT', `Action name not found: ${className}`);
    return inputs.map(() => error);
  }
  const { type, method } = found;
  try {
    const [parameter] = method.params;
    const args = parameter
      ? [
          new ApexList(
            parameter.type,
            inputs.map((input) => inputOf(parameter.name, elementOf(parameter.type), input)),
          ),
        ]
      : [];
    const returned = hooks.callStatic(type, method, args);
    return outputsOf(returned, inputs.length);
  } catch (error) {
    if (!(error instanceof ApexException) || current.dead) throw error;
    const failure = new ActionError('UNKNOWN_EXCEPTION', `An Apex error occurred: ${error.toString()}`);
    return inputs.map(() => failure);
  }
}

function actionOf(className: string): { readonly type: Type; readonly method: MethodSymbol } | null {
  const type = current.universe.lookup(className);
  if (type?.def.origin !== 'user') return null;
  for (const overloads of type.def.methods.values()) {
    const method = overloads.find(({ annotations }) => annotations.includes('invocablemethod'));
    if (method) return { type, method };
  }
  return null;
}

function elementOf(list: Type): Type {
  return list.args[0] ?? current.universe.Object;
}

/** One element of the method's list: an object with the invocation's values, or the value itself. */
function inputOf(parameter: string, element: Type, input: ApexMap): unknown {
  const names = [...input.entries()].map(([name]) => String(name));
  if (element.def.origin !== 'user') {
    refuseUnknown(names, [parameter]);
    return inputAs(valueOf(input, parameter), element);
  }
  const variables = variablesOf(element);
  refuseUnknown(
    names,
    variables.map(({ name }) => name),
  );
  const object = hooks.construct(element);
  for (const field of variables) {
    const value = valueOf(input, field.name);
    if (value !== undefined) writeField(object, field, inputAs(value, field.type));
  }
  return object;
}

/** A value that was given as Object. */
function inputAs(value: unknown, type: Type): unknown {
  const passed = checkCast(value, type);
  return type === current.universe.Object ? passed : releaseId(passed);
}

/** The text is unverified. @throws System.InvalidParameterValueException */
function refuseUnknown(names: readonly string[], known: readonly string[]): void {
  const unknown = names.find((name) => !known.some((other) => other.toLowerCase() === name.toLowerCase()));
  if (unknown === undefined) return;
  raise('System.InvalidParameterValueException', `The action has no input parameter ${unknown}: ${known.join(', ')}`);
}

function valueOf(input: ApexMap, parameter: string): unknown {
  for (const [name, value] of input.entries()) {
    if (String(name).toLowerCase() === parameter.toLowerCase()) return value;
  }
  return undefined;
}

function variablesOf(type: Type): FieldSymbol[] {
  return fieldsOf(type).filter(({ annotations }) => annotations.includes('invocablevariable'));
}

function outputsOf(returned: unknown, count: number): ApexMap[] {
  const items = returned instanceof ApexList ? returned.items : [];
  const { universe } = current;
  return Array.from({ length: count }, (_, index) => {
    const outputs = mapOf(universe.String, universe.Object);
    const item = items[index] ?? null;
    const type = item === null ? null : typeOfObject(item);
    const variables = type ? variablesOf(type) : [];
    if (type && variables.length > 0) {
      for (const field of variables) outputs.put(field.name, readField(item as object, field));
    } else if (item !== null) outputs.put(OUTPUT, item);
    return outputs;
  });
}

function typeOfObject(value: unknown): Type | null {
  const type = typeof value === 'object' && value !== null ? (value as { readonly $type?: Type }).$type : undefined;
  return type?.def.origin === 'user' ? type : null;
}
