import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import { afterAll, expect, test } from 'vitest';
import { webRoutes } from '../src/http/web.ts';
import { useServer } from './setup.ts';

const root = mkdtempSync(join(tmpdir(), 'live-likes-seams-'));
writeFileSync(join(root, 'index.html'), '<title>Live Likes</title>');
afterAll(() => rmSync(root, { recursive: true }));
const t = useServer({ web: webRoutes(root) });

/** The path as it is given: `fetch` would tidy it up. */
async function ask(path: string, cookie: string, method = 'GET', body?: string) {
  const headers = { cookie, accept: 'text/html', ...(body && { 'content-type': 'application/json' }) };
  const call = request(t.server.url, { path, method, headers });
  call.end(body);
  const [answer] = (await once(call, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
}

test.each([
  '/%',
  '/%00',
  '/%ff',
  '//evil.example/',
  '/../../etc/passwd',
  '/%2e%2e/%2e%2e/package.json',
  '/assets/%00',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%c0%ae%c0%ae/x',
  '/sw.js%00',
  `/${'x/'.repeat(4_000)}`,
  '/api',
  '/api//posts',
  '/api/posts/%00',
  '/api/posts/%ed%a0%80',
  '/api/posts/__proto__',
  '/api/posts?limit=1e309&before=%00',
  '/api/posts?limit[]=1&before[__proto__]=1',
  '/api/inbox?before=constructor',
  '/api/users/%ff',
  '/api/users/__proto__/posts',
  '/api/users?search=%00%',
  '/api/auth/%',
  '/api/auth/%00',
  '/api/auth/..%2fposts',
  '/api/auth/get-session?disableRefresh=%ff',
])('the path %s is answered, and no failure', async (path) => {
  const { cookie } = await t.person('alice');
  expect(await ask(path, cookie)).toBeLessThan(500);
  expect(await ask(path, 'live-likes.session_token=%ff%00')).toBeLessThan(500);
});

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

test.each([
  ['/api/posts', 'POST'],
  ['/api/inbox/read', 'POST'],
  ['/api/me/settings', 'PATCH'],
  ['/api/announcements', 'POST'],
  ['/api/announcements/audience', 'POST'],
  ['/api/push', 'DELETE'],
  ['/api/auth/sign-in/username', 'POST'],
  ['/api/auth/sign-up/email', 'POST'],
  ['/api/auth/update-user', 'POST'],
])('%s takes no keys of prototypes, and no depth', async (path, method) => {
  const { cookie } = await t.person('alice');
  for (const body of [
    '{"__proto__":{"admin":true},"body":"x","ids":[],"endpoint":"x","text":"x","sound":true,"to":["x"]}',
    '{"constructor":{"prototype":{"admin":true}},"body":"x","ids":[],"endpoint":"x","text":"x","sound":true}',
    deep(30_000),
    `{"body":${deep(30_000)},"ids":${deep(3)},"username":${deep(3)},"name":${deep(3)}}`,
    '{"body":1e309,"ids":[1e309]}',
    '{"username":1e309,"password":1e309,"name":7,"email":true}',
    '{"username":null,"password":null,"name":null,"email":null}',
    '{}',
    'null',
    '"\\ud800"',
  ])
    expect(await ask(path, cookie, method, body)).toBeLessThan(500);
  expect(await ask(path, cookie, method)).toBeLessThan(500);
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});

const payload = fc.oneof(
  fc.jsonValue(),
  fc.object({
    withNullPrototype: true,
    key: fc.constantFrom('__proto__', 'constructor', 'postId', 'postIds', 'ids', 'op'),
  }),
  fc.record({ postId: fc.anything(), liked: fc.anything(), op: fc.anything() }),
  fc.record({
    postIds: fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.anything()), { maxLength: 200 }),
  }),
  fc.uint8Array(),
);
const event = fc.constantFrom(
  'like:set',
  'inbox:since',
  'inbox:read',
  'posts:watch',
  'toString',
  '__proto__',
  '',
);

test('every event is answered, whatever it carries', { timeout: 60_000 }, async () => {
  const socket = (await (await t.person('alice')).socket()) as unknown as Socket;
  const sent = fc.tuple(event, payload.map(sendable));
  await fc.assert(
    fc.asyncProperty(sent, async ([name, data]) => {
      const answer: unknown = await socket.timeout(5_000).emitWithAck(name, data);
      expect(answer).toMatchObject({ ok: expect.any(Boolean) });
    }),
    { numRuns: 500 },
  );
  expect(socket.connected).toBe(true);
});

/** What this side can put on the wire at all. */
function sendable(data: unknown) {
  if (data instanceof Uint8Array) return Buffer.from(data);
  try {
    return JSON.parse(JSON.stringify(data) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

test.each([
  ['deep', [`42["posts:watch",${deep(30_000)}]`]],
  [
    'deep and with an attachment',
    [`451-["posts:watch",${deep(30_000)},{"_placeholder":true,"num":0}]`, Buffer.from('x')],
  ],
  ['an attachment that never comes', ['459-["posts:watch"]']],
  ['an attachment out of nowhere', [Buffer.from('x')]],
  ['a second connect', ['40', '40{"token":"x"}']],
  ['namespaces', Array.from({ length: 500 }, (_, i) => `40/n${i},`)],
  ['no packet', ['4', '49', '4999-[', '42[', '42[null]', '42{}', '420["posts:watch"', '43["x"]']],
])('%s on the wire costs its sender at most the socket', async (_what, frames) => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const [rude, other] = [await alice.socket(), await bob.socket()];
  const engine = rude.io.engine as unknown as { write(message: unknown): void };
  // The engine says itself that it is a message, which is the 4.
  for (const frame of frames) engine.write(typeof frame === 'string' ? frame.slice(1) : frame);
  rude.emit('posts:watch', { postIds: [] }, () => undefined);
  expect(await other.timeout(5_000).emitWithAck('posts:watch', { postIds: [] })).toEqual({
    ok: true,
    data: [],
  });
  expect((await fetch(`${t.server.url}/healthz`)).status).toBe(200);
});

test("another's notification is as unknown as one that there is not", async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('hers');
  await bob.call('PUT', `/api/posts/${post.id}/like`);
  const { items, unread } = await alice.ask<{ items: { id: string }[]; unread: number }>('GET', '/api/inbox');
  const told = async (id: string) => {
    const answer = await bob.call('POST', '/api/inbox/read', { ids: [id] });
    return [answer.status, await answer.json()];
  };
  expect(await told(items[0]?.id ?? '')).toEqual(await told('unknown'));
  expect(await alice.ask('GET', '/api/inbox')).toMatchObject({ unread });
  const socket = await bob.socket();
  const mine = await socket.emitWithAck('inbox:read', { ids: [items[0]?.id ?? ''] });
  expect(mine).toEqual(await socket.emitWithAck('inbox:read', { ids: ['unknown'] }));
});
