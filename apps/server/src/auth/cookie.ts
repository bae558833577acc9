import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { getSessionCookie, parseCookies } from 'better-auth/cookies';
import { fromNodeHeaders } from 'better-auth/node';

export const COOKIE_PREFIX = 'live-likes';

/** Whether a request brings a session, which may have ended: enough to guess by, and to let nobody in. */
export function seemsLoggedIn(headers: IncomingHttpHeaders): boolean {
  return getSessionCookie(fromNodeHeaders(headers), { cookiePrefix: COOKIE_PREFIX }) !== null;
}

/**
 * What a cookie of the account library says: the token, and after the last dot its HMAC-SHA-256 in Base64.
 *
 * @returns null where there is no such cookie, or where somebody else made it
 */
export function signedCookie(headers: IncomingHttpHeaders, name: string, secret: string): string | null {
  // The first of a name, as the library has it: a browser sends what another site of the same domain set after ours.
  const value =
    (headers.cookie ?? '')
      .split(';')
      .map((pair) => parseCookies(pair).get(name))
      .find((found) => found !== undefined) ?? '';
  const dot = value.lastIndexOf('.');
  const token = value.slice(0, Math.max(0, dot));
  const signature = Buffer.from(value.slice(dot + 1), 'base64');
  const ours = createHmac('sha256', secret).update(token).digest();
  const isOurs = signature.length === ours.length && timingSafeEqual(signature, ours);
  return isOurs && token !== '' ? token : null;
}
