import { current } from '../../engine/current.ts';
import { parseDate } from '../../values/date.ts';
import { ApexDatetime, userZone } from '../../values/datetime.ts';
import { raise } from '../../values/exception.ts';
import { DAY_MS } from '../../values/time.ts';

const TIME = /^(.*?),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AP]M))?$/i;

/** `Datetime.parse`: the short date and time of the user's locale. @throws System.TypeException: Invalid date/time: abc */
export function parseDatetime(text: string): ApexDatetime {
  const match = TIME.exec(text.trim().replace(/\u202f/g, ' '));
  if (!match) return raise('System.TypeException', `Invalid date/time: ${text}`);
  const [, date = '', hours = '0', minutes = '0', seconds = '0', half] = match;
  const hour = half ? (Number(hours) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hours);
  const { days } = parseDate(date, current.tx.user.locale);
  const ms = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return new ApexDatetime(userZone().instant(days * DAY_MS + ms));
}
