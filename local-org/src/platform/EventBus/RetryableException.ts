import { platformException } from '../../values/exception.ts';
import type { ApexException } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

const NAME = 'EventBus.RetryableException';

/** Thrown by a trigger of platform events that wants the same events again. */
export const RetryableExceptionClass = platformClass(NAME, {
  'new ()': () => platformException(NAME, null),
  'new (Exception)': (cause: ApexException | null) => platformException(NAME, null, cause),
  'new (String)': (message: string | null) => platformException(NAME, message),
  'new (String, Exception)': (message: string | null, cause: ApexException | null) =>
    platformException(NAME, message, cause),
});
