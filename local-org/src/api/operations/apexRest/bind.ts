import { readTyped } from '../../../platform/System/json/typed.ts';
import { openReader } from '../../../platform/System/json/untyped.ts';
import type { MethodSymbol } from '../../../types/type.ts';
import { ApexException } from '../../../values/exception.ts';
import { badJson } from '../../restError.ts';

/**
 * The arguments of a method from the JSON object of a body, by the names of its parameters; what is not given is null.
 *
 * @throws RestError 400 JSON_PARSER_ERROR
 */
export function argumentsOf({ params }: MethodSymbol, text: string): unknown[] {
  const values = new Map<string, unknown>();
  try {
    const reader = openReader(text);
    if (reader.token !== 'START_OBJECT') throw badJson('The HTTP entity body is required to be a JSON object.');
    for (let token = reader.next(); token !== 'END_OBJECT'; token = reader.next()) {
      const name = reader.text;
      const param = params.find((one) => one.name === name);
      if (!param) {
        throw badJson(`Unexpected parameter encountered during deserialization: ${name} at ${reader.location}`);
      }
      reader.next();
      values.set(name, readTyped(reader, param.type, { strict: true }));
    }
  } catch (error) {
    if (error instanceof ApexException && error.qualifiedName === 'System.JSONException') throw badJson(error.text);
    throw error;
  }
  return params.map(({ name }) => values.get(name) ?? null);
}
