import type { RequestHandler } from 'express';
import { ForbiddenError, UnauthorizedError } from '../errors.ts';
import type { AccessTokens } from './accessTokens.ts';

/** Lets a request pass whose bearer token is valid and has this scope; the caller's id is left in `locals.clientId`. */
export function requireScope(tokens: AccessTokens, scope: string): RequestHandler {
  return async (request, response, next) => {
    const token = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new UnauthorizedError('The request has no bearer token.');
    const caller = await tokens.check(token);
    if (!caller.scopes.includes(scope)) throw new ForbiddenError(scope);
    response.locals['clientId'] = caller.clientId;
    next();
  };
}
