import { type EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import type { LikeState, Result } from '@live-likes/contract';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callAs, connect, cookieOf, next, startServer, type TestServer } from './harness.ts';
import { useServer } from './setup.ts';
import { SkippingClock } from './skippingClock.ts';

const LIKES = 5;
const BURST = 20;
const FAILURES = 3;
const SIGN_UPS = 4;
const STRANGERS = 20;
const STRANGER_HANDSHAKES = 10;
const PASSWORD = 'live-likes-demo';

const clock = new SkippingClock();
/** Stands behind one proxy, which these tests play themselves. */
const t = useServer({
  trustProxy: 1,
  clock,
  rates: {
    LIKES: { count: LIKES, seconds: 60 },
    LIKE_BURST: { count: BURST, seconds: 60 },
    LOGIN_FAILURES: { count: FAILURES, seconds: 300 },
    SIGN_UPS: { count: SIGN_UPS, seconds: 600 },
    STRANGERS: { count: STRANGERS, seconds: 60 },
    STRANGER_HANDSHAKES: { count: STRANGER_HANDSHAKES, seconds: 60 },
  },
});
/** Those of the engine, open now. */
const connections = new Set<EventEmitter>();
beforeAll(() => {
  t.server.app.io.engine.on('connection', (conn: EventEmitter) => {
    connections.add(conn);
    conn.once('close', () => connections.delete(conn));
  });
});
const times = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const from = (address: string) => ({ 'x-forwarded-for': address });

type Liker = Pick<Socket, 'emitWithAck'>;
let n = 0;
const like = (socket: Liker, postId: string): Promise<Result<LikeState>> =>
  socket.emitWithAck('like:set', { postId, liked: true, op: { client: 'tab', n: (n += 1) } });

const refusedFor = (seconds: number) => ({
  code: 'RATE_LIMITED',
  message: expect.stringMatching(/^You are doing this too fast\. Try again in \d+ seconds\.$/),
  retryAfterMs: expect.toSatisfy((ms: number) => ms > 0 && ms <= seconds * 1_000),
});

test('likes are limited by user, over all sockets and over HTTP, and nobody else is', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await bob.post('liked by many');
  const sockets = await Promise.all(times(10, () => alice.socket()));
  const answers = await Promise.all(sockets.map((socket) => like(socket, post.id)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(LIKES);
  expect(answers.find(({ ok }) => !ok)).toMatchObject({ ok: false, error: refusedFor(60) });

  sockets[0]!.disconnect();
  expect(await like(await alice.socket(), post.id)).toMatchObject({ ok: false });
  const overHttp = await alice.call('PUT', `/api/posts/${post.id}/like`);
  expect(overHttp.status).toBe(429);
  expect(Number(overHttp.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(overHttp.headers.get('content-type')).toMatch('application/problem+json');
  expect(await overHttp.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED' });

  expect(await like(await bob.socket(), post.id)).toMatchObject({ ok: true });
  expect((await alice.call('GET', `/api/posts/${post.id}`)).status).toBe(200);
});

test('who floods is cut, and nobody else is', async () => {
  const [carol, bob] = await Promise.all([t.person('carol'), t.person('bob')]);
  const post = await bob.post('flooded');
  const [flooding, other] = [await carol.socket(), await bob.socket()];
  const cut = new Promise((resolve) => flooding.once('disconnect', resolve));
  for (let sent = 0; sent < BURST * 10; sent += 1) void like(flooding, post.id).catch(() => undefined);
  expect(await cut).toBe('transport close');
  expect(await other.emitWithAck('posts:watch', { postIds: [post.id] })).toMatchObject({ ok: true });
});

test('failed logins are limited by account, from wherever they come, and a success clears them', async () => {
  const logIn = (username: string, password: string, address: string) =>
    callAs('', `${t.server.url}/api/auth/sign-in/username`, 'POST', { username, password }, from(address));
  const fail = async (username: string, count: number) => {
    for (let time = 0; time < count; time += 1)
      expect((await logIn(username, 'not the password', `192.0.2.${time}`)).status).toBe(401);
  };

  await fail('alice', FAILURES - 1);
  expect((await logIn('alice', PASSWORD, '192.0.2.9')).status).toBe(200);
  await fail('alice', FAILURES - 1);
  const many = await Promise.all(times(2 * FAILURES, () => logIn('alice', PASSWORD, '192.0.2.9')));
  expect(many.map(({ status }) => status)).toEqual(times(2 * FAILURES, () => 200));

  await fail('Dave', FAILURES);
  const refused = await logIn('dave', PASSWORD, '192.0.2.9');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('content-type')).toMatch('application/problem+json');
  expect(await refused.json()).toMatchObject({
    code: 'RATE_LIMITED',
    retryAfterMs: expect.toSatisfy((ms: number) => ms > 290_000 && ms <= 300_000),
  });
  expect((await logIn('bob', PASSWORD, '192.0.2.9')).status).toBe(200);
});

test('an account has one count of failures, by whichever name it is called', async () => {
  const logIn = (way: 'username' | 'email', name: string) =>
    callAs('', `${t.server.url}/api/auth/sign-in/${way}`, 'POST', {
      [way]: name,
      password: 'not the password',
    });
  for (let time = 0; time < FAILURES; time += 1) {
    const answer = await (time % 2 ? logIn('username', 'Carol') : logIn('email', 'Carol@demo.invalid'));
    expect(answer.status).toBe(401);
  }
  expect((await logIn('username', 'carol')).status).toBe(429);
  expect((await logIn('email', 'carol@demo.invalid')).status).toBe(429);
});

test('many guesses at once are as many as one after the other', async () => {
  const guess = () =>
    callAs('', `${t.server.url}/api/auth/sign-in/email`, 'POST', {
      email: 'x@example.com',
      password: 'wrong one',
    });
  const statuses = (await Promise.all(times(2 * FAILURES, guess))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 401)).toHaveLength(FAILURES);
  expect(statuses.filter((status) => status === 429)).toHaveLength(FAILURES);
});

test.each(['/sign-in/./username', '/x/../sign-in/username', '/sign-in/user%6Eame', '/sign-in/username/'])(
  'no other spelling of an address goes past the limits of logins: %s',
  async (path) => {
    const credentials = JSON.stringify({ username: 'alice', password: PASSWORD });
    const { port } = new URL(t.server.url);
    const headers = { 'content-type': 'application/json', 'content-length': credentials.length };
    const asked = request({ port, host: '127.0.0.1', path: `/api/auth${path}`, method: 'POST', headers });
    asked.end(credentials);
    const [answer] = (await once(asked, 'response')) as [{ statusCode: number }];
    expect([401, 404]).toContain(answer.statusCode);
  },
);

test('sign-ups and guests are limited by the address that the proxy saw, whatever the client writes', async () => {
  const guest = (forwarded: string) =>
    callAs('', `${t.server.url}/api/auth/sign-in/anonymous`, 'POST', {}, from(forwarded));
  const signUpWith = (account: object) =>
    callAs('', `${t.server.url}/api/auth/sign-up/email`, 'POST', account, from('198.51.100.1'));
  // What comes to nothing does not count as an account.
  for (let index = 0; index < SIGN_UPS; index += 1)
    expect((await signUpWith({ name: 'x' })).status).toBe(400);
  for (let index = 0; index < SIGN_UPS; index += 1)
    expect((await guest(`203.0.113.${index}, 198.51.100.1`)).status).toBe(200);
  expect((await guest('203.0.113.99, 198.51.100.1')).status).toBe(429);
  const account = { name: 'Frank', username: 'frank', email: 'frank@example.com', password: PASSWORD };
  const signUp = await signUpWith(account);
  expect([signUp.status, await signUp.json()]).toMatchObject([429, { code: 'RATE_LIMITED' }]);
  expect((await guest('203.0.113.99, 198.51.100.2')).status).toBe(200);
});

test('who has a whole network of addresses is limited as one', async () => {
  const guest = (address: string) =>
    callAs('', `${t.server.url}/api/auth/sign-in/anonymous`, 'POST', {}, from(address));
  for (let index = 0; index < SIGN_UPS; index += 1)
    expect((await guest(`2001:db8:1:2:${index}::${index}`)).status).toBe(200);
  expect((await guest('2001:db8:1:2:ffff::9')).status).toBe(429);
  expect((await guest('2001:db8:1:3::1')).status).toBe(200);
});

test('sign-ups that come to nothing are limited as calls of a stranger', async () => {
  const here = from('198.51.100.30');
  const signUp = () => callAs('', `${t.server.url}/api/auth/sign-up/email`, 'POST', { name: 'x' }, here);
  for (let index = 0; index < STRANGERS; index += 1) expect((await signUp()).status).toBe(400);
  expect((await signUp()).status).toBe(429);
});

test('strangers are limited by address, with a wrong session too, and who is logged in is none', async () => {
  const { cookie } = await t.person('alice');
  const here = from('198.51.100.20');
  for (let index = 0; index < STRANGERS; index += 1) {
    const wrong = index % 2 ? 'live-likes.session_token=forged.forged' : '';
    expect((await callAs(wrong, `${t.server.url}/api/posts`, 'GET', undefined, here)).status).toBe(401);
  }
  expect((await callAs('', `${t.server.url}/api/posts`, 'GET', undefined, here)).status).toBe(429);
  // What a login page needs first is for everybody.
  expect((await callAs('', `${t.server.url}/api/config`, 'GET', undefined, here)).status).toBe(200);
  for (let index = 0; index < STRANGER_HANDSHAKES; index += 1) {
    const [error] = await refusal(connect(t.server, here));
    expect(error.data).toMatchObject({ code: 'UNAUTHENTICATED' });
  }
  const [error] = await refusal(connect(t.server, here));
  expect(error.data).toMatchObject(refusedFor(60));
  expect((await callAs(cookie, `${t.server.url}/api/posts`, 'GET', undefined, here)).status).toBe(200);
  const socket = connect(t.server, { cookie, ...here });
  await next(socket, 'session:ready');
  socket.disconnect();
});

test('a user has at most twenty sockets, and comes in again when one of them has gone', async () => {
  const dave = await t.newLogin('erin');
  const sockets = await Promise.all(times(20, () => dave.socket()));
  const [error] = await refusal(connect(t.server, { cookie: dave.cookie }));
  expect(error.data).toMatchObject({
    code: 'RATE_LIMITED',
    message: 'You have too many windows open. Try again in 5 seconds.',
    retryAfterMs: 5_000,
  });
  const left = connectionCloses();
  sockets[0]!.disconnect();
  await left;
  expect((await dave.socket()).ready.user.id).toBe(dave.user.id);
});

test('an address has at most fifty silent connections, soon gone, and who is logged in does not wait for them', async () => {
  const { cookie } = await t.person('alice');
  const here = from('198.51.100.51');
  const before = new Set(connections);
  const open = () => fetch(`${t.server.url}/socket.io/?EIO=4&transport=polling`, { headers: here });
  const opened = await Promise.all(times(50, open));
  expect(opened.map(({ status }) => status)).toEqual(times(50, () => 200));

  const tooMany = await open();
  expect(tooMany.status).toBe(429);
  expect(tooMany.headers.get('retry-after')).toBe('5');
  expect(await tooMany.json()).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 5_000 });
  expect(await upgradeStatus(here)).toBe(429);
  const socket = connect(t.server, { cookie, ...here });
  await next(socket, 'session:ready');
  socket.disconnect();

  const gone = Promise.all(
    [...connections].filter((conn) => !before.has(conn)).map((conn) => once(conn, 'close')),
  );
  await clock.skip(10_000);
  await gone;
  expect((await open()).status).toBe(200);
});

test('a connection carries one socket, and goes with it', async () => {
  const { cookie } = await t.person('alice');
  const twice = connect(t.server, { cookie });
  twice.io.once('open', () => twice.io.engine.write('0{}'));
  await new Promise((resolve) => twice.io.once('close', resolve));

  const left = connect(t.server, { cookie });
  await next(left, 'session:ready');
  const closed = new Promise((resolve) => left.io.once('close', resolve));
  left.io.engine.write('1');
  await closed;
});

let unlimited: TestServer;
beforeAll(async () => {
  unlimited = await startServer({ rates: null });
});
afterAll(() => unlimited.close());

test('without limits of rate those of memory stay', async () => {
  const guest = await callAs('', `${unlimited.url}/api/auth/sign-in/anonymous`, 'POST', {});
  const cookie = cookieOf(guest);
  const { posts } = (await (await callAs(cookie, `${unlimited.url}/api/posts`, 'GET')).json()) as {
    posts: { id: string }[];
  };
  const sockets = times(20, () => connect(unlimited, { cookie }));
  await Promise.all(sockets.map((socket) => next(socket, 'session:ready')));
  const answers = await Promise.all(times(100, () => like(sockets[0]!, posts[0]!.id)));
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  const [error] = await refusal(connect(unlimited, { cookie }));
  expect(error.data).toMatchObject({ code: 'RATE_LIMITED' });
  for (const socket of sockets) socket.disconnect();
});

async function refusal(socket: Socket): Promise<[Error & { data?: unknown }]> {
  const refused = new Promise<[Error & { data?: unknown }]>((resolve) =>
    socket.once('connect_error', (error) => resolve([error])),
  );
  const [error] = await refused;
  socket.disconnect();
  return [error];
}

/** The next connection that the server sees closed. */
function connectionCloses(): Promise<void> {
  return new Promise((resolve) => {
    for (const conn of connections) conn.once('close', () => resolve());
  });
}

/** What a WebSocket is answered before it is one. */
async function upgradeStatus(headers: Record<string, string>): Promise<number> {
  const asked = request(`${t.server.url}/socket.io/?EIO=4&transport=websocket`, {
    headers: {
      ...headers,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
    },
  });
  asked.end();
  const [answer] = (await once(asked, 'response')) as [{ statusCode: number }];
  return answer.statusCode;
}
