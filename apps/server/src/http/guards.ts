import { ACTING_USER_HEADER, ErrorCode } from '@live-likes/contract';
import type { Request, RequestHandler } from 'express';
import { isAllowedOrigin } from '../auth/origin.ts';
import type { Login, Sessions } from '../auth/sessions.ts';
import { Refusal, unauthenticated } from '../errors.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses a changing call from a page that is not ours. */
export function originGuard(allowed: ReadonlySet<string>): RequestHandler {
  return (req, _res, next) => {
    if (READING.has(req.method) || isAllowedOrigin(req.headers, allowed)) next();
    else next(new Refusal(ErrorCode.FORBIDDEN, 'This page may not do that.'));
  };
}

/** Lets only logged-in callers through; the handlers behind it ask `loginOf`. */
export function loginGuard(sessions: Sessions): RequestHandler {
  return async (req, res, next) => {
    const login = await sessions.of(req.headers);
    const actingUser = req.get(ACTING_USER_HEADER);
    if (!login) throw unauthenticated();
    if (actingUser !== undefined && actingUser !== login.user.id) {
      throw new Refusal(ErrorCode.UNAUTHENTICATED, 'Somebody else is logged in by now. Nothing was changed.');
    }
    res.locals['login'] = login;
    next();
  };
}

export function loginOf(req: Request): Login {
  return req.res?.locals['login'] as Login;
}
