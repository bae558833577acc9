import { ANNOUNCEMENT_MAX_LENGTH, POST_MAX_LENGTH } from '@live-likes/contract';
import type { Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { callAs } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();

afterEach(async () => {
  expect((await fetch(`${t.server.url}/healthz`)).status).toBe(200);
});

const postId = 'unknown';
const op = { client: 'tab', n: 1 };

test.each([
  ['like:set', null, 'INVALID'],
  ['like:set', undefined, 'INVALID'],
  ['like:set', [], 'INVALID'],
  ['like:set', 'like', 'INVALID'],
  ['like:set', { postId, liked: 1, op }, 'INVALID'],
  ['like:set', { postId: '', liked: true, op }, 'INVALID'],
  ['like:set', { postId: 'x'.repeat(65), liked: true, op }, 'INVALID'],
  ['like:set', { postId, liked: true }, 'INVALID'],
  ['like:set', { postId, liked: true, op: { client: 'tab', n: -1 } }, 'INVALID'],
  ['like:set', { postId, liked: true, op: { client: 'tab', n: 1.5 } }, 'INVALID'],
  ['like:set', { postId, liked: true, op, userId: 'alice' }, 'INVALID'],
  ['like:set', { postId: Buffer.from('binary'), liked: true, op }, 'INVALID'],
  ['like:set', { postId, liked: true, op }, 'NOT_FOUND'],
  ['inbox:since', { epoch: '', since: 0 }, 'INVALID'],
  ['inbox:read', { epoch: 'x' }, 'INVALID'],
  ['inbox:read', { ids: Array.from({ length: 101 }, String) }, 'INVALID'],
  ['posts:watch', { postIds: Array.from({ length: 101 }, String) }, 'INVALID'],
  ['no:such:event', {}, 'INVALID'],
  ['constructor', {}, 'INVALID'],
  ['__proto__', {}, 'INVALID'],
])('the event %s with %j is refused as %3$s', async (event, payload, code) => {
  const socket = await (await t.person('alice')).socket();
  const answer = await socket.emitWithAck(event as 'like:set', payload as never);
  expect(answer).toMatchObject({ ok: false, error: { code, message: expect.stringMatching(/^[^\n]+\.$/) } });
});

test('events without an acknowledgement, with too many arguments or with one in the wrong place are ignored', async () => {
  const alice = await t.person('alice');
  const post = await alice.post('ignored');
  const socket = (await alice.socket()) as unknown as Socket;
  const payload = { postId: post.id, liked: true, op };
  socket.emit('like:set', payload);
  socket.emit('like:set');
  socket.emit('like:set', () => undefined, payload);
  const tooMany: unknown = await socket.emitWithAck('like:set', payload, payload);
  expect(tooMany).toMatchObject({ ok: false, error: { code: 'INVALID' } });
  expect(await alice.ask('GET', `/api/posts/${post.id}`)).toMatchObject({ likeCount: 0 });
});

test('a socket message over 64 KB closes its socket and no other', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const [flooding, other] = [await alice.socket(), await bob.socket()];
  const closed = new Promise((resolve) => flooding.once('disconnect', resolve));
  flooding.emit('posts:watch', { postIds: ['x'.repeat(70_000)] }, () => undefined);
  await closed;
  expect(await other.emitWithAck('posts:watch', { postIds: [] })).toEqual({ ok: true, data: [] });
});

test.each([
  ['GET', '/api/posts/unknown', undefined, 404, 'NOT_FOUND'],
  ['DELETE', '/api/posts/unknown', undefined, 404, 'NOT_FOUND'],
  ['PUT', '/api/posts/unknown/like', undefined, 404, 'NOT_FOUND'],
  ['GET', '/api/posts/unknown/likers', undefined, 404, 'NOT_FOUND'],
  ['GET', '/api/nothing', undefined, 404, 'NOT_FOUND'],
  ['GET', '/api/posts/%', undefined, 400, 'INVALID'],
  ['POST', '/api/posts', undefined, 400, 'INVALID'],
  ['POST', '/api/posts', {}, 400, 'INVALID'],
  ['POST', '/api/posts', null, 400, 'INVALID'],
  ['POST', '/api/posts', { body: ' \n ' }, 400, 'INVALID'],
  ['POST', '/api/posts', { body: 7 }, 400, 'INVALID'],
  ['POST', '/api/posts', { body: 'x'.repeat(POST_MAX_LENGTH + 1) }, 400, 'INVALID'],
  ['POST', '/api/posts', { body: 'x', author: 'bob' }, 400, 'INVALID'],
  ['POST', '/api/posts', { body: 'x'.repeat(70_000) }, 413, 'INVALID'],
  ['POST', '/api/inbox/read', { ids: 'x' }, 400, 'INVALID'],
  ['POST', '/api/announcements', { text: 'x'.repeat(ANNOUNCEMENT_MAX_LENGTH + 1) }, 400, 'INVALID'],
  ['POST', '/api/announcements', { text: 'x', to: [] }, 400, 'INVALID'],
])('%s %s with %j answers %d %s', async (method, path, body, status, code) => {
  const answer = await (await t.person('alice')).call(method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  expect(await answer.json()).toEqual({
    status,
    code,
    title: expect.any(String),
    detail: expect.stringMatching(/\.$/),
    requestId: answer.headers.get('x-request-id'),
  });
});

test.each(['/api/posts', '/api/auth/sign-in/username'])(
  'a body of any type over 64 KB is refused at %s',
  async (path) => {
    const { cookie } = await t.person('alice');
    const headers = { cookie, 'content-type': 'text/plain' };
    const answer = await fetch(t.server.url + path, { method: 'POST', headers, body: 'x'.repeat(70_000) });
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 'INVALID' }]);
  },
);

test('JSON that is none is refused', async () => {
  const { cookie } = await t.person('alice');
  const headers = { cookie, 'content-type': 'application/json' };
  const answer = await fetch(`${t.server.url}/api/posts`, { method: 'POST', headers, body: '{"body":' });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'INVALID' });
});

test.each([
  'GET /api/posts',
  'POST /api/posts',
  'GET /api/inbox',
  'POST /api/announcements',
  'PUT /api/posts/x/like',
])('%s without a session is refused', async (call) => {
  const [method, path] = call.split(' ') as [string, string];
  const answer = await callAs('', t.server.url + path, method);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
});

test.each([
  ['origin', 'https://evil.example'],
  ['origin', 'null'],
  ['sec-fetch-site', 'cross-site'],
])('a changing call with %s %s is refused, a reading one is not', async (header, value) => {
  const headers = { [header]: value };
  const alice = await t.person('alice');
  const answer = await alice.call('POST', '/api/posts', { body: 'forged' }, headers);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'FORBIDDEN' });
  expect((await alice.call('POST', '/api/auth/sign-out', {}, headers)).status).toBe(403);
  expect((await alice.call('GET', '/api/posts', undefined, headers)).status).toBe(200);
});

test("nobody deletes another's post", async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('mine');
  const answer = await bob.call('DELETE', `/api/posts/${post.id}`);
  expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'FORBIDDEN' }]);
  expect((await alice.call('DELETE', `/api/posts/${post.id}`)).status).toBe(204);
  expect((await alice.call('GET', `/api/posts/${post.id}`)).status).toBe(404);
});

test('a wrong password and an unknown name answer the same', async () => {
  const attempt = async (username: string) => {
    const credentials = { username, password: 'wrong password' };
    const answer = await callAs('', `${t.server.url}/api/auth/sign-in/username`, 'POST', credentials);
    return [answer.status, await answer.json()];
  };
  const [wrong, unknown] = [await attempt('alice'), await attempt('nobody')];
  expect(wrong).toMatchObject([401, { code: 'INVALID_USERNAME_OR_PASSWORD' }]);
  expect(unknown).toEqual(wrong);
});

test('a server without keys for Web Push takes no subscription', async () => {
  const keys = { p256dh: 'AAAA', auth: 'AAAA' };
  const alice = await t.person('alice');
  const answer = await alice.call('PUT', '/api/push', { endpoint: 'https://push.example.com/x', keys });
  expect([answer.status, await answer.json()]).toMatchObject([
    404,
    { code: 'NOT_FOUND', detail: 'This server sends no Web Push.' },
  ]);
});
