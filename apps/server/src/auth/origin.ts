import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a handshake or a changing call may have come from one of our own pages. A browser names the
 * page's origin, or at least its relation to us; a script that is no browser names neither.
 */
export function isAllowedOrigin(headers: IncomingHttpHeaders, allowed: ReadonlySet<string>): boolean {
  if (headers.origin !== undefined) return allowed.has(headers.origin);
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
