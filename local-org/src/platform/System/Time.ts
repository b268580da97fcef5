import { required } from '../../values/exception.ts';
import { ApexTime, timeOf } from '../../values/time.ts';
import { platformClass } from '../define.ts';
import { FIELD_ERRORS } from './addError.ts';

type Int = number | null;

/** Later by so much, around midnight. */
function plus(unit: number): (time: ApexTime, amount: Int) => ApexTime {
  return (time, amount) => new ApexTime(time.ms + required(amount) * unit);
}

export const TimeClass = platformClass(
  'System.Time',
  {
    'Time addHours(Integer)': plus(3_600_000),
    'Time addMilliseconds(Integer)': plus(1),
    'Time addMinutes(Integer)': plus(60_000),
    'Time addSeconds(Integer)': plus(1000),
    'Integer hour()': (time: ApexTime) => time.hour,
    'Integer millisecond()': (time: ApexTime) => time.millisecond,
    'Integer minute()': (time: ApexTime) => time.minute,
    'Integer second()': (time: ApexTime) => time.second,
    'static Time newInstance(Integer, Integer, Integer, Integer)': (hour: Int, minute: Int, second: Int, ms: Int) =>
      timeOf(required(hour), required(minute), required(second), required(ms)),
  },
  { notBuilt: FIELD_ERRORS },
);
