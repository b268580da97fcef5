import { raise, required } from '../../values/exception.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';

function read(text: string): boolean {
  return text.toLowerCase() === 'true';
}

export const BooleanClass = platformClass(
  'System.Boolean',
  {
    'static Boolean valueOf(Object)': (value: unknown) => {
      if (typeof required(value) === 'boolean') return value;
      // unverified: the message.
      return typeof value === 'string'
        ? read(value)
        : raise('System.TypeException', `Invalid boolean: ${toText(value)}`);
    },
    'static Boolean valueOf(String)': (text: string | null) => read(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);
