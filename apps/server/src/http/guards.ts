import { ACTING_USER_HEADER, ErrorCode } from '@live-likes/contract';
import type { Request, RequestHandler } from 'express';
import { isAllowedOrigin } from '../auth/origin.ts';
import type { Login } from '../auth/sessions.ts';
import { Refusal, unauthenticated } from '../errors.ts';

export const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

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
export const actingUserGuard: RequestHandler = (req, res, next) => {
  refuseOtherUser(req, res.locals['login'] as Login | null);
  next();
};

/** Lets only logged-in callers through; the handlers behind it ask `loginOf`. */
export const loginGuard: RequestHandler = (req, res, next) => {
  const login = res.locals['login'] as Login | null;
  if (!login) throw unauthenticated();
  refuseOtherUser(req, login);
  next();
};

export function loginOf(req: Request): Login {
  return req.res?.locals['login'] as Login;
}

function refuseOtherUser(req: Request, login: Login | null) {
  const actingUser = req.get(ACTING_USER_HEADER);
  if (actingUser !== undefined && login !== null && actingUser !== login.user.id) {
    throw new Refusal(ErrorCode.UNAUTHENTICATED, 'Somebody else is logged in by now. Nothing was changed.');
  }
}
