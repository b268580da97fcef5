import { current } from '../../engine/current.ts';
import { platformException } from '../../values/exception.ts';
import type { ApexException } from '../../values/exception.ts';
import { mapOf } from '../../values/map.ts';
import { setOf } from '../../values/set.ts';
import { platformClass } from '../define.ts';

const NAME = 'System.QueryException';
type Text = string | null;
type Cause = ApexException | null;

export const QueryExceptionClass = platformClass(NAME, {
  'new ()': () => platformException(NAME, null),
  'new (Exception)': (cause: Cause) => platformException(NAME, null, cause),
  'new (String)': (message: Text) => platformException(NAME, message),
  'new (String, Exception)': (message: Text, cause: Cause) => platformException(NAME, message, cause),
  'Map<String, Set<String>> getInaccessibleFields()': (e: ApexException) => {
    const { String } = current.universe;
    const fields = [...(e.inaccessible ?? [])].map(([object, names]) => [object, setOf(String, names)] as const);
    return mapOf(String, current.universe.setOf(String), fields);
  },
});
