import { createHash } from 'node:crypto';
import express from 'express';
import type { RequestHandler, Response } from 'express';
import { ProblemError } from '../errors.ts';
import { bodyIsRead, stillInTime } from './deadline.ts';

const bodyHashes = new WeakMap<object, string>();

/** Parses a JSON body up to a size (unpacked) and remembers its hash. Refuses other media types with 415. */
export function jsonBody(mostBytes: number): RequestHandler[] {
  return [
    (request, _response, next) => {
      if (!request.is('application/json')) {
        throw new ProblemError(
          415,
          'unsupported-media-type',
          'The media type is not supported',
          'Send application/json.',
        );
      }
      next();
    },
    bodyIsRead,
    express.json({
      limit: mostBytes,
      verify: (_request, response, body) => {
        bodyHashes.set(response, createHash('sha256').update(body).digest('base64'));
      },
    }),
    stillInTime,
  ];
}

/** SHA-256 of the bytes that the request's body came in. */
export function bodyHashOf(response: Response): string {
  return bodyHashes.get(response) ?? '';
}
