import type { ApexType } from '../../values/apexType.ts';
import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { ApexJSONGenerator } from './JSONGenerator.ts';
import { ApexJSONParser } from './JSONParser.ts';
import { serialize } from './json/serialize.ts';
import { readTyped } from './json/typed.ts';
import { openReader, readUntyped } from './json/untyped.ts';

type Text = string | null;
type Flag = boolean | null;

export const JSONClass = platformClass('System.JSON', {
  'static JSONGenerator createGenerator(Boolean)': (pretty: Flag) => new ApexJSONGenerator(required(pretty)),
  'static JSONParser createParser(String)': (text: Text) => new ApexJSONParser(required(text)),
  'static Object deserialize(String, Type)': (text: Text, type: ApexType | null) =>
    readTyped(openReader(required(text)), required(type).type, { strict: false }),
  'static Object deserializeStrict(String, Type)': (text: Text, type: ApexType | null) =>
    readTyped(openReader(required(text)), required(type).type, { strict: true }),
  'static Object deserializeUntyped(String)': (text: Text) => readUntyped(openReader(required(text))),
  'static String serialize(Object)': (value: unknown) => serialize(value, false, false),
  'static String serialize(Object, Boolean)': (value: unknown, suppress: Flag) =>
    serialize(value, false, required(suppress)),
  'static String serializePretty(Object)': (value: unknown) => serialize(value, true, false),
  'static String serializePretty(Object, Boolean)': (value: unknown, suppress: Flag) =>
    serialize(value, true, required(suppress)),
});
