import { ACTING_USER_HEADER, ErrorCode } from '@live-likes/contract';
import type { Request, RequestHandler } from 'express';
import { isAllowedOrigin } from '../auth/origin.ts';
import type { Login, Sessions } from '../auth/sessions.ts';
import { Refusal, unauthenticated } from '../errors.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What a caller is told is of this moment, and for nobody else. */
export const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/** Refuses a changing call from a page that is not ours. */
export function originGuard(allowed: ReadonlySet<string>): RequestHandler {
  return (req, _res, next) => {
    if (READING.has(req.method) || isAllowedOrigin(req.headers, allowed)) next();
    else next(new Refusal(ErrorCode.FORBIDDEN, 'This page may not do that.'));
  };
}

/** Refuses a call about the login itself that was clicked on the screen of another user than the session's. */
export function actingUserGuard(sessions: Sessions): RequestHandler {
  return async (req, _res, next) => {
    if (req.get(ACTING_USER_HEADER) !== undefined) refuseOtherUser(req, await sessions.of(req.headers));
    next();
  };
}

/** Lets only logged-in callers through; the handlers behind it ask `loginOf`. */
export function loginGuard(sessions: Sessions): RequestHandler {
  return async (req, res, next) => {
    const login = await sessions.of(req.headers);
    if (!login) throw unauthenticated();
    refuseOtherUser(req, login);
    res.locals['login'] = login;
    next();
  };
}

export function loginOf(req: Request): Login {
  return req.res?.locals['login'] as Login;
}

function refuseOtherUser(req: Request, login: Login | null) {
  const actingUser = req.get(ACTING_USER_HEADER);
  if (actingUser !== undefined && login !== null && actingUser !== login.user.id) {
    throw new Refusal(ErrorCode.UNAUTHENTICATED, 'Somebody else is logged in by now. Nothing was changed.');
  }
}
