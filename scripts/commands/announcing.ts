/** Announces at a running server as anybody else would: over HTTP, with a login. */

/** Why nothing was announced, or may not have been, as one sentence for a person. */
export class NotAnnounced extends Error {}

export interface Announcement {
  /** Of the server. */
  url: string;
  admin: string;
  password: string;
  /** Usernames; null: everybody. */
  to: string[] | null;
  text: string;
}

const ANSWERS_WITHIN_MS = 10_000;

/**
 * Resolves with the number of people whom it was sent to.
 *
 * @throws {NotAnnounced}
 */
export async function announce({ url, admin, password, to, text }: Announcement): Promise<number> {
  const cookie = await logIn();
  try {
    const ids: string[] = [];
    for (const username of to ?? []) ids.push(await idOf(username));
    const body = to ? { text, to: ids } : { text };
    const response = await call('POST', '/api/announcements', body, cookie, mayBeSent);
    if (response.status === 403) throw new NotAnnounced(`${admin} is not an admin (see ADMIN_USERS).`);
    if (!response.ok) throw new NotAnnounced(await refusal(response));
    return ((await response.json()) as { recipients: number }).recipients;
  } finally {
    await call('POST', '/api/auth/sign-out', {}, cookie).catch(() => undefined);
  }

  async function logIn(): Promise<string> {
    const response = await call('POST', '/api/auth/sign-in/username', { username: admin, password });
    if (response.status === 401)
      throw new NotAnnounced(`The password of ${admin} is another one, or there is nobody named ${admin}.`);
    const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    if (response.status >= 500 || response.status === 400) throw new NotAnnounced(await refusal(response));
    if (!response.ok || cookies.length === 0) throw new NotAnnounced(`${url} is not a Live Likes server.`);
    return cookies.join('; ');
  }

  async function idOf(username: string): Promise<string> {
    const response = await call('GET', `/api/users/${encodeURIComponent(username)}`, undefined, cookie);
    if (response.status === 404) throw new NotAnnounced(`There is nobody with the username ${username}.`);
    if (!response.ok) throw new NotAnnounced(await refusal(response));
    return ((await response.json()) as { user: { id: string } }).user.id;
  }

  async function call(
    method: string,
    path: string,
    body?: unknown,
    cookies = '',
    unanswered = noServer,
  ): Promise<Response> {
    const headers = { cookie: cookies, ...(body !== undefined && { 'content-type': 'application/json' }) };
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    const sent = body === undefined ? null : JSON.stringify(body);
    try {
      return await fetch(new URL(path, url), { method, headers, body: sent, signal, redirect: 'manual' });
    } catch {
      throw new NotAnnounced(unanswered());
    }
  }

  function noServer(): string {
    return `No server answers at ${url}: start it, or name another one with --url.`;
  }

  /** The server answers when all inboxes have it, which may take longer than this command waits. */
  function mayBeSent(): string {
    const page = new URL('/announcements', url).href;
    return `No answer came from ${url}, and the announcement may be on its way: look at ${page} before you send it again.`;
  }
}

/** What the server says of its refusal. */
async function refusal(response: Response): Promise<string> {
  const said = (await response.json().catch(() => null)) as { detail?: string; message?: string } | null;
  return said?.detail ?? said?.message ?? `The server answered ${response.status}.`;
}
