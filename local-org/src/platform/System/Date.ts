import { current } from '../../engine/current.ts';
import {
  addMonths,
  ApexDate,
  dateFromText,
  dateOf,
  daysInMonth,
  daysOf,
  formatDate,
  isLeapYear,
  parseDate,
} from '../../values/date.ts';
import { ApexDatetime, dateIn, userZone } from '../../values/datetime.ts';
import { raise, required } from '../../values/exception.ts';
import { toText } from '../../values/text.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';
import { firstDayOfWeek } from './locale.ts';

type Int = number | null;

/** Today in the running user's zone. */
export function today(): ApexDate {
  return dateIn(new ApexDatetime(current.tx.services.now()), userZone());
}

function valueOf(value: unknown): ApexDate {
  if (value instanceof ApexDate) return value;
  if (value instanceof ApexDatetime) return dateIn(value, userZone());
  return typeof value === 'string'
    ? dateFromText(value)
    : raise('System.TypeException', `Invalid date: ${toText(value)}`);
}

export const DateClass = platformClass(
  'System.Date',
  {
    'Date addDays(Integer)': (d: ApexDate, days: Int) => new ApexDate(d.days + required(days)),
    'Date addMonths(Integer)': (d: ApexDate, months: Int) => new ApexDate(addMonths(d.days, required(months))),
    'Date addYears(Integer)': (d: ApexDate, years: Int) => new ApexDate(addMonths(d.days, required(years) * 12)),
    'Integer day()': (d: ApexDate) => d.day,
    'Integer dayOfYear()': (d: ApexDate) => d.days - daysOf(d.year, 1, 1) + 1,
    'Integer daysBetween(Date)': (d: ApexDate, other: ApexDate | null) => required(other).days - d.days,
    'String format()': (d: ApexDate) => formatDate(d.days, current.tx.user.locale),
    'Boolean isSameDay(Date)': (d: ApexDate, other: ApexDate | null) => required(other).days === d.days,
    'Integer month()': (d: ApexDate) => d.month,
    'Integer monthsBetween(Date)': (d: ApexDate, other: ApexDate | null) =>
      (required(other).year - d.year) * 12 + required(other).month - d.month,
    'Date toStartOfMonth()': (d: ApexDate) => dateOf(d.year, d.month, 1),
    'Date toStartOfWeek()': (d: ApexDate) => {
      // Day 0 was a Thursday.
      const weekday = (((d.days + 4) % 7) + 7) % 7;
      return new ApexDate(d.days - ((weekday - firstDayOfWeek(current.tx.user.locale) + 7) % 7));
    },
    'Integer year()': (d: ApexDate) => d.year,
    'static Integer daysInMonth(Integer, Integer)': (year: Int, month: Int) =>
      daysInMonth(required(year), required(month)),
    'static Boolean isLeapYear(Integer)': (year: Int) => isLeapYear(required(year)),
    'static Date newInstance(Integer, Integer, Integer)': (year: Int, month: Int, day: Int) =>
      dateOf(required(year), required(month), required(day)),
    'static Date parse(String)': (text: string | null) => parseDate(required(text), current.tx.user.locale),
    'static Date today()': today,
    'static Date valueOf(Object)': (value: unknown) => valueOf(required(value)),
    'static Date valueOf(String)': (text: string | null) => dateFromText(required(text)),
  },
  { notBuilt: FIELD_ERRORS },
);
