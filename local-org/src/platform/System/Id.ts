import { unsupported, required } from '../../values/exception.ts';
import { readId, to15, toId } from '../../values/id.ts';
import { keyPrefixOf } from '../../values/id.ts';
import { current } from '../../engine/current.ts';
import { raise } from '../../values/exception.ts';
import { ObjectToken } from '../../values/schemaTokens.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';

export const IdClass = platformClass(
  'System.Id',
  {
    'Boolean equals(String)': (id: string, other: string | null) => other !== null && readId(other) === id,
    'Schema.SObjectType getSobjectType()': (id: string) => {
      const object = current.universe.schema.byKeyPrefix(keyPrefixOf(id));
      return object ? ObjectToken.of(object) : raise('System.TypeException', `Invalid id: ${id}`);
    },
    'String to15()': to15,
    'static Id valueOf(String)': (text: string | null) => toId(required(text)),
    'static Id valueOf(String, Boolean)': (text: string | null, restore: boolean | null) =>
      restore ? restoreCase(required(text)) : toId(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);

/** The id whose case was lost: the last three characters tell which letters are capitals. */
function restoreCase(text: string): string {
  if (text.length !== 18) return toId(text) ?? unsupported('an id of this length');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  let id = '';
  for (let at = 0; at < 15; at++) {
    const bits = alphabet.indexOf((text[15 + Math.floor(at / 5)] ?? '').toUpperCase());
    const char = text[at] ?? '';
    id += (bits >> (at % 5)) & 1 ? char.toUpperCase() : char.toLowerCase();
  }
  return toId(id) as string;
}
