import { rateLimit } from 'express-rate-limit';
import type { RequestHandler } from 'express';
import { TooManyRequestsError } from '../errors.ts';

const WINDOW_MS = 60_000;

/** Requests a minute: of each client, and for tokens of each address. Counted by process. */
export interface RateLimits {
  readonly perClient: number;
  readonly tokensPerAddress: number;
}

/** Refuses a client's requests above its limit with 429 and Retry-After. Behind authentication only. */
export function clientRateLimit({ perClient }: RateLimits): RequestHandler {
  return limit(perClient, (_request, response) => String(response.locals['clientId']));
}

/** Refuses an address's requests for tokens above its limit: checking a secret is expensive by intent. */
export function tokenRateLimit({ tokensPerAddress }: RateLimits): RequestHandler {
  return limit(tokensPerAddress, (request) => request.socket.remoteAddress ?? 'unknown');
}

function limit(perMinute: number, keyOf: (...call: Parameters<RequestHandler>) => string): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    keyGenerator: (request, response) => keyOf(request, response, () => {}),
    handler: (_request, response, next) => {
      const seconds = Number(response.getHeader('retry-after') ?? WINDOW_MS / 1000);
      next(new TooManyRequestsError(Number.isFinite(seconds) ? seconds : WINDOW_MS / 1000));
    },
  });
}
