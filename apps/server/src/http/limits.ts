import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Sessions } from '../auth/sessions.ts';
import type { Limiter } from '../limits/limiter.ts';
import { LIKE_LIMITS, type LimitName } from '../limits/rates.ts';
import { READING } from './guards.ts';

const SIGN_UPS = ['/auth/sign-up/email', '/auth/sign-in/anonymous'];
const LOGINS = ['/auth/sign-in/username', '/auth/sign-in/email'];
/** Express passes over the case, and over a slash at the end. */
const POSTS = /^\/posts\/?$/i;
export const LIKE = /^\/posts\/[^/]+\/like\/?$/i;

export interface CallerDeps {
  sessions: Sessions;
  limiter: Limiter;
  /** What a limit counts a request of a stranger against. */
  addressOf(req: IncomingMessage): string;
}

/**
 * Finds out who calls, once for all handlers below `/api`, and counts the call against the limits of its user or,
 * of a stranger, its address.
 */
export function callerGuard({ sessions, limiter, addressOf }: CallerDeps): RequestHandler {
  return async (req, res, next) => {
    const login = await sessions.of(req.headers);
    res.locals['login'] = login;
    if (LOGINS.includes(req.path)) await limiter.take('LOGINS', addressOf(req));
    else if (SIGN_UPS.includes(req.path)) await takeSignUp(addressOf(req), res);
    else if (!login) await limiter.take('STRANGERS', addressOf(req));
    else for (const limit of limitsOf(req)) await limiter.take(limit, login.user.id);
    next();
  };

  /** Accounts that are made are few; attempts that come to nothing are calls of a stranger like others. */
  async function takeSignUp(address: string, res: Response) {
    await limiter.take('STRANGERS', address);
    await limiter.take('SIGN_UPS', address);
    res.once('finish', () => {
      if (res.statusCode >= 400) void limiter.giveBack('SIGN_UPS', address);
    });
  }
}

function limitsOf({ method, path }: Request): readonly LimitName[] {
  if (READING.has(method)) return ['READS'];
  if (LIKE.test(path)) return LIKE_LIMITS;
  return method === 'POST' && POSTS.test(path) ? ['POSTS'] : ['CHANGES'];
}
