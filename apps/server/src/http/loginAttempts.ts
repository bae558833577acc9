import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { AccountName, Accounts } from '../auth/accounts.ts';
import type { Login } from '../auth/sessions.ts';
import type { Limiter } from '../limits/limiter.ts';

/** It asks for the old password, which could be guessed here, too. */
const CHANGE_PASSWORD = '/api/auth/change-password';
/** The field that names the account, by the path of the login. */
const NAMED_BY: Partial<Record<string, AccountName>> = {
  '/api/auth/sign-in/username': 'username',
  '/api/auth/sign-in/email': 'email',
};

export interface LoginAttemptsDeps {
  limiter: Limiter;
  accounts: Accounts;
  /** Resolves when it is known how the call went. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
}

/**
 * Bounds the failed attempts to log in to one account, from wherever they come. Attempts at one account go one
 * after the other, so that many at once are neither guesses beyond the limit nor, with the right password, refused.
 */
export function loginAttempts({ limiter, accounts, handle }: LoginAttemptsDeps): RequestHandler {
  const latest = new Map<string, Promise<void>>();

  return async (req, res) => {
    const account = await accountOf(req, res);
    if (account === null) return handle(req, res);
    const before = latest.get(account);
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    latest.set(account, over);
    try {
      await before;
      // Whoever has gone would not hear the answer, and keeps nobody waiting.
      if (res.destroyed) return undefined;
      // Counted as failed until it turns out well.
      await limiter.take('LOGIN_FAILURES', account);
      await handle(req, res);
      if (res.statusCode < 400) await limiter.forget('LOGIN_FAILURES', account);
    } finally {
      end();
      if (latest.get(account) === over) latest.delete(account);
    }
    return undefined;
  };

  /** One name for an account, whatever it is called by; a short one also for those that there are not. */
  async function accountOf({ path, body }: Request, res: Response): Promise<string | null> {
    if (path === CHANGE_PASSWORD) return (res.locals['login'] as Login | null)?.user.id ?? null;
    const field = NAMED_BY[path];
    const name = field && (body as Record<string, unknown> | undefined)?.[field];
    if (typeof name !== 'string') return null;
    const id = await accounts.idOf(field as AccountName, name);
    return id ?? createHash('sha256').update(`${field}:${name.toLowerCase()}`).digest('base64url');
  }
}
