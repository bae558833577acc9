import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webRoutes } from '../src/http/web.ts';
import { callAs, startServer, type TestServer } from './harness.ts';

/** What a browser is told, by a server behind each kind of address. */
describe.each([
  ['http://likes.example.com', 'ws://likes.example.com', /^null$/],
  ['https://likes.example.com', 'wss://likes.example.com', /^max-age=\d{8}; includeSubDomains$/],
])('at %s', (publicUrl, socketOrigin, transportSecurity) => {
  let server: TestServer;
  let root: string;
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'live-likes-headers-'));
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'index.html'), '<title>Live Likes</title>');
    writeFileSync(join(root, 'assets/app-1.js'), '');
    server = await startServer({ publicUrl, web: webRoutes(root) });
  });
  afterAll(async () => {
    await server.close();
    rmSync(root, { recursive: true });
  });

  test.each([
    ['a page', '/', 200],
    ['an asset', '/assets/app-1.js', 200],
    ['a missing asset', '/assets/gone.js', 404],
    ['the API', '/api/config', 200],
    ['a refusal of the API', '/api/posts', 401],
    ['the accounts', '/api/auth/get-session', 200],
    ['an address that cannot be read', '/api/posts/%', 401],
    ['no page', '/x.txt', 404],
  ])('%s has the headers that keep it safe', async (_what, path, status) => {
    const { status: answered, headers } = await fetch(server.url + path);
    expect(answered).toBe(status);
    expect(headers.get('content-security-policy')?.split(';').toSorted()).toEqual([
      "base-uri 'none'",
      `connect-src 'self' ${socketOrigin}`,
      "default-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "object-src 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    for (const feature of ['camera', 'microphone', 'geolocation', 'payment', 'usb'])
      expect(headers.get('permissions-policy')).toContain(`${feature}=()`);
    expect(String(headers.get('strict-transport-security'))).toMatch(transportSecurity);
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('the cookie of a session is kept from scripts, other sites and other ways', async () => {
    const credentials = { username: 'alice', password: 'live-likes-demo' };
    const signIn = (cookie: string) =>
      callAs(cookie, `${server.url}/api/auth/sign-in/username`, 'POST', credentials);
    const [line = ''] = (await signIn('')).headers.getSetCookie();
    const [pair = '', ...attributes] = line.split('; ');
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
    expect(attributes.includes('Secure')).toBe(publicUrl.startsWith('https:'));
    expect(pair.startsWith('__Secure-live-likes.')).toBe(publicUrl.startsWith('https:'));
    expect(attributes.some((attribute) => attribute.startsWith('Domain'))).toBe(false);

    // By its own name alone: one without the prefix could come from a page that nothing protects.
    const read = async (cookie: string) => (await callAs(cookie, `${server.url}/api/posts`, 'GET')).status;
    const [name = '', value = ''] = pair.split('=');
    const otherName = name.startsWith('__Secure-') ? name.slice('__Secure-'.length) : `__Secure-${name}`;
    expect(await read(`${name}=${value}`)).toBe(200);
    expect(await read(`${otherName}=${value}`)).toBe(401);

    // Whoever planted a session before somebody logs in does not share theirs.
    const [again = ''] = (await signIn(pair)).headers.getSetCookie();
    expect(again.split(';')[0]).not.toBe(pair);
  });

  test('each request has an id of its own, whatever its caller calls it, and so has its refusal', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => {
        const answer = await fetch(`${server.url}/api/posts`, { headers: { 'x-request-id': 'mine' } });
        expect(await answer.json()).toMatchObject({ requestId: answer.headers.get('x-request-id') });
        return answer.headers.get('x-request-id');
      }),
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids).not.toContain('mine');
    const health = await fetch(`${server.url}/healthz`);
    expect(health.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });
});
