import type { z } from 'zod';
import { IntendedRollback } from '../engine/intendedRollback.ts';

/** One entry of the error array that the REST API answers with. */
export interface RestFault {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

/** An error answer: a status and Salesforce's array of faults. */
export class RestError extends IntendedRollback {
  override readonly name = 'RestError';
  readonly status: number;
  readonly faults: readonly RestFault[];

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.status = status;
    this.faults = [fields ? { message, errorCode, fields } : { message, errorCode }];
  }

  /** Several faults in one answer. */
  static of(status: number, faults: readonly RestFault[]): RestError {
    const error = new RestError(status, faults[0]?.errorCode ?? 'UNKNOWN_EXCEPTION', faults[0]?.message ?? '');
    Object.defineProperty(error, 'faults', { value: faults });
    return error;
  }
}

export function notFound(message = 'The requested resource does not exist'): RestError {
  return new RestError(404, 'NOT_FOUND', message);
}

export function methodNotAllowed(method: string, allowed: readonly string[]): RestError {
  return new RestError(
    405,
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`,
  );
}

export function badJson(message: string): RestError {
  return new RestError(400, 'JSON_PARSER_ERROR', message);
}

/** What is wrong at a place of a body; the body itself has no path. */
export function issueText({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
