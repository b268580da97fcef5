import { current } from '../engine/current.ts';
import type { Type } from '../types/type.ts';

/** What one record of a failed DML statement contributes to a DmlException. */
export interface DmlExceptionRow {
  /** The record's place in the statement's input. */
  readonly index: number;
  readonly id: string | null;
  /** API name of the record's object, where it is known. */
  readonly object?: string | undefined;
  /** `REQUIRED_FIELD_MISSING` … */
  readonly status: string;
  readonly message: string;
  /** API names. */
  readonly fields: readonly string[];
}

/** A line of an Apex stack trace. */
export interface ApexFrame {
  /** `Class.Foo.bar`, `Trigger.T`, `AnonymousBlock`. */
  readonly place: string;
  readonly line: number;
}

/** What the running program knows of its own frames; the compiler's runtime fills it. */
export const traceHooks: {
  /** The place that a frame of a generated script is in, or null where it is none of Apex. */
  place: (functionName: string, file: string) => string | null;
} = {
  place: (functionName, file) => {
    const name = file.slice(file.lastIndexOf('/') + 1);
    const method = functionName
      .replace(/^(new |async |Function\.|Object\.)+/, '')
      .replace(/\$.*$/, '')
      .replace(/^.*\./, '');
    const isTrigger = name.endsWith('.trigger');
    return `${isTrigger ? 'Trigger' : 'Class'}.${name.replace(/\.\w+$/, '')}${isTrigger || !method ? '' : `.${method}`}`;
  },
};

const FRAME = /^\s*at (?:(.*?) \()?(.*\.(?:cls|trigger|apex)):(\d+):\d+\)?$/;

/**
 * An Apex exception. Not a JavaScript Error: an Error that escapes Apex is a fault of local-org. Exceptions that a project
 * declares extend it, with `$type` on their prototype; those of the platform carry their type's name.
 */
export class ApexException {
  static readonly apexName: string = 'System.Exception';
  /** As given; null where none was. What `getMessage()` shows is {@link ApexException.text}. */
  message: string | null;
  cause: ApexException | null;
  /** Of a DmlException, else empty. */
  dml: readonly DmlExceptionRow[] = [];
  /** Of a QueryException: what the running user may not read, by object. */
  inaccessible: ReadonlyMap<string, ReadonlySet<string>> | null = null;
  /** Qualified name of a platform exception's type; empty for types of the project. */
  readonly typeName: string;
  readonly #trace: { stack?: string } = {};
  #frames: readonly ApexFrame[] | null = null;

  constructor(message: string | null = null, cause: ApexException | null = null, typeName = '') {
    this.message = message;
    this.cause = cause;
    this.typeName = typeName;
    // V8 keeps ten frames, of which some are not Apex; a call may be a thousand deep.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = MOST_FRAMES;
    Error.captureStackTrace(this.#trace, ApexException);
    Error.stackTraceLimit = stackTraceLimit;
  }

  get $type(): Type {
    return current.universe.platform(this.typeName || 'System.Exception');
  }

  /** `System.DmlException`, `Outer.Inner`. */
  get qualifiedName(): string {
    return this.typeName || this.$type.name;
  }

  /** The message as Apex shows it. */
  get text(): string {
    return this.message ?? 'Script-thrown exception';
  }

  /** Innermost first. */
  get frames(): readonly ApexFrame[] {
    this.#frames ??= ofOneProgram(apexFrames(this.#trace.stack ?? ''));
    return this.#frames;
  }

  /** Replaces the recorded place, for exceptions that are shown detached from where they were thrown. */
  set frames(frames: readonly ApexFrame[]) {
    this.#frames = frames;
  }

  /** The line of the innermost Apex frame; 1 where there is none. */
  get line(): number {
    return this.frames[0]?.line ?? 1;
  }

  /** `Class.Foo.bar: line 3, column 1`, a frame a line. */
  get stackText(): string {
    return this.frames.map((frame) => `${frame.place}: line ${frame.line}, column 1`).join('\n');
  }

  /** `System.MathException: Divide by 0`, what printing it shows. */
  toString(): string {
    return `${this.qualifiedName}: ${this.text}`;
  }
}

/** A trigger is a program of its own: the statement that made it run is no part of its stack. */
function ofOneProgram(frames: readonly ApexFrame[]): readonly ApexFrame[] {
  const end = frames.findIndex(({ place }) => place.startsWith('Trigger.'));
  return end < 0 ? frames : frames.slice(0, end + 1);
}

/** Where a transaction begins. What is beneath waits: for a callout, or a test for its jobs. */
const TRANSACTION = /^\s*at Engine\.run \(/;

/** The Apex frames of the running transaction in a V8 stack text, innermost first. */
export function apexFrames(stack: string): ApexFrame[] {
  const frames: ApexFrame[] = [];
  for (const line of stack.split('\n')) {
    if (TRANSACTION.test(line)) break;
    const match = FRAME.exec(line);
    if (!match) continue;
    const [, name = '', file = '', number = '1'] = match;
    const place = traceHooks.place(name, file);
    if (place !== null) frames.push({ place, line: Number(number) });
  }
  return frames;
}

/** Frames of V8 to look for those of Apex in, several to each. */
const MOST_FRAMES = 4000;

const UNCATCHABLE = new Set(['System.LimitException', 'System.AssertException']);

/** An exception of the platform, by the qualified name of its type. */
export function platformException(
  typeName: string,
  message: string | null,
  cause: ApexException | null = null,
): ApexException {
  return new ApexException(message, cause, typeName);
}

/** Throws an exception. After one that Apex can't catch, neither catch nor finally blocks run. */
export function throwApex(exception: ApexException): never {
  if (UNCATCHABLE.has(exception.typeName)) current.dead = true;
  throw exception;
}

/** Throws an exception of the platform. @throws ApexException always. */
export function raise(typeName: string, message: string): never {
  throwApex(new ApexException(message, null, typeName));
}

/** `System.NullPointerException: Attempt to de-reference a null object`. */
export function nullReference(): never {
  raise('System.NullPointerException', 'Attempt to de-reference a null object');
}

/** The argument, which the platform requires. @throws System.NullPointerException: Argument cannot be null. */
export function required<T>(argument: T | null): T {
  if (argument === null) raise('System.NullPointerException', 'Argument cannot be null.');
  return argument;
}

/**
 * Something that the platform has and local-org has not. Not an Apex exception: no catch of the program may hide it.
 */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** Stops the transaction. @param what names the thing; @param mend what the reader can do about it. */
export function unsupported(what: string, mend = ''): never {
  throw new UnsupportedError(`local-org does not support ${what}${mend ? `: ${mend}` : ''}`);
}
