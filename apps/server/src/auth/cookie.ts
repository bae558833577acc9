import type { IncomingHttpHeaders } from 'node:http';
import { getSessionCookie } from 'better-auth/cookies';
import { fromNodeHeaders } from 'better-auth/node';

export const COOKIE_PREFIX = 'live-likes';

/** Whether a request brings a session, which may have ended: enough to guess by, and to let nobody in. */
export function seemsLoggedIn(headers: IncomingHttpHeaders): boolean {
  return getSessionCookie(fromNodeHeaders(headers), { cookiePrefix: COOKIE_PREFIX }) !== null;
}
