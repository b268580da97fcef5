import { current } from '../../../engine/current.ts';
import { decFromText } from '../../../values/decimal.ts';
import { raise } from '../../../values/exception.ts';
import { listOf } from '../../../values/list.ts';
import { mapOf } from '../../../values/map.ts';
import { JsonReader } from './reader.ts';

/** A whole number as the smallest type that holds it. */
export function wholeNumber(text: string): unknown {
  const number = Number(text);
  if (number >= -2147483648 && number <= 2147483647) return number | 0;
  const long = BigInt(text);
  return BigInt.asIntN(64, long) === long ? long : decFromText(text);
}

/** The value that begins with the reader's current token, of maps, lists and primitives. */
export function readUntyped(reader: JsonReader): unknown {
  const { Object, String } = current.universe;
  switch (reader.token) {
    case 'START_OBJECT': {
      const map = mapOf(String, Object);
      while (reader.next() === 'FIELD_NAME') {
        const name = reader.text;
        reader.next();
        map.put(name, readUntyped(reader));
      }
      return map;
    }
    case 'START_ARRAY': {
      const items: unknown[] = [];
      while (reader.next() !== 'END_ARRAY') items.push(readUntyped(reader));
      return listOf(Object, items);
    }
    case 'VALUE_STRING':
      return reader.text;
    case 'VALUE_NUMBER_INT':
      return wholeNumber(reader.text);
    case 'VALUE_NUMBER_FLOAT':
      return decFromText(reader.text);
    case 'VALUE_TRUE':
      return true;
    case 'VALUE_FALSE':
      return false;
    default:
      return null;
  }
}

/** A reader at the first token. @throws System.JSONException for a text without any */
export function openReader(text: string): JsonReader {
  const reader = new JsonReader(text);
  if (reader.next() === null) raise('System.JSONException', 'No content to map to Object due to end of input');
  return reader;
}
