import { ApexDate } from '../values/date.ts';
import { ApexDatetime } from '../values/datetime.ts';
import { ApexDecimal, decPlainText, decStripTrailingZeros } from '../values/decimal.ts';
import { ApexDouble } from '../values/double.ts';
import { ApexTime } from '../values/time.ts';

/** What equal values of a field have in common: text without case, numbers by value. null for blank. */
export function indexKey(value: unknown): string | number | bigint | boolean | null {
  if (typeof value === 'string') return value.toLowerCase();
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value;
  if (value instanceof ApexDecimal) return decPlainText(decStripTrailingZeros(value));
  if (value instanceof ApexDouble) return value.value;
  if (value instanceof ApexDatetime || value instanceof ApexTime) return value.ms;
  if (value instanceof ApexDate) return value.days;
  return null;
}
