import type { Type } from '../../types/type.ts';
import type { ApexType } from '../../values/apexType.ts';
import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { ApexJSONGenerator } from './JSONGenerator.ts';
import { ApexJSONParser } from './JSONParser.ts';
import { serialize } from './json/serialize.ts';
import { readTyped } from './json/typed.ts';
import { openReader, readUntyped } from './json/untyped.ts';

type Text = string | null;
type Flag = boolean | null;

/** The parser reads a text to its end only when it is asked for: what should be a list or object is refused before. */
function deserialize(text: Text, type: ApexType | null, strict: boolean): unknown {
  const source = required(text);
  const wanted = required(type).type;
  if (/^\s*"/.test(source)) refuseText(wanted);
  return readTyped(openReader(source), wanted, { strict });
}

function refuseText({ def }: Type): void {
  if (def.name === 'List' || def.name === 'Set') {
    raise('System.JSONException', "Malformed JSON: Expected '[' at the beginning of List/Set");
  }
  if (def.name === 'Map' || (def.origin === 'user' && def.kind === 'class')) {
    raise('System.JSONException', "Malformed JSON: Expected '{' at the beginning of object");
  }
}

export const JSONClass = platformClass('System.JSON', {
  'static JSONGenerator createGenerator(Boolean)': (pretty: Flag) => new ApexJSONGenerator(required(pretty)),
  'static JSONParser createParser(String)': (text: Text) => new ApexJSONParser(required(text)),
  'static Object deserialize(String, Type)': (text: Text, type: ApexType | null) => deserialize(text, type, false),
  'static Object deserializeStrict(String, Type)': (text: Text, type: ApexType | null) => deserialize(text, type, true),
  'static Object deserializeUntyped(String)': (text: Text) => readUntyped(openReader(required(text))),
  'static String serialize(Object)': (value: unknown) => serialize(value, false, false),
  'static String serialize(Object, Boolean)': (value: unknown, suppress: Flag) =>
    serialize(value, false, required(suppress)),
  'static String serializePretty(Object)': (value: unknown) => serialize(value, true, false),
  'static String serializePretty(Object, Boolean)': (value: unknown, suppress: Flag) =>
    serialize(value, true, required(suppress)),
});
