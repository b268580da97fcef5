import type { RequestHandler } from 'express';
import type { Sessions } from './sessions.ts';

/** Lets requests with a valid token pass; `response.locals.userId` is then its user. */
export function authenticate(sessions: Sessions): RequestHandler {
  return (request, response, next) => {
    const userId = sessions.userOf(request.get('authorization'));
    if (userId === null) {
      response.status(401).json([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
      return;
    }
    (response.locals as { userId: string }).userId = userId;
    next();
  };
}
