import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';

export const DAY_MS = 86_400_000;

/** A time of day in milliseconds after midnight, from 0 up to but without 86,400,000. */
export class ApexTime {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ((ms % DAY_MS) + DAY_MS) % DAY_MS;
  }

  get $type(): Type {
    return current.universe.Time;
  }

  get hour(): number {
    return Math.floor(this.ms / 3_600_000);
  }

  get minute(): number {
    return Math.floor(this.ms / 60_000) % 60;
  }

  get second(): number {
    return Math.floor(this.ms / 1000) % 60;
  }

  get millisecond(): number {
    return this.ms % 1000;
  }

  /** `18:30:02.020Z` */
  toString(): string {
    return `${two(this.hour)}:${two(this.minute)}:${two(this.second)}.${String(this.millisecond).padStart(3, '0')}Z`;
  }
}

/** A time from its parts; what is too much carries over, past midnight around. */
export function timeOf(hour: number, minute: number, second: number, millisecond: number): ApexTime {
  return new ApexTime(hour * 3_600_000 + minute * 60_000 + second * 1000 + millisecond);
}

const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?Z?$/;

/** Reads `HH:mm:ss.SSSZ`, or null. */
export function readTime(text: string): ApexTime | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [hour = 0, minute = 0, second = 0] = match.slice(1, 4).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return null;
  return timeOf(hour, minute, second, Number((match[4] ?? '').padEnd(3, '0')));
}

/** Two digits at least. */
export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
