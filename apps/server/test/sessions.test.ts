import { expect, test } from 'vitest';
import { callAs, connect, cookieOf, next, until } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();

function refused(
  socket: ReturnType<typeof connect>,
): Promise<Error & { data?: unknown; context?: { status: number } }> {
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error) => {
      socket.disconnect();
      resolve(error);
    });
    socket.once('connect', () => reject(new Error('was let in')));
  });
}

test.each(['websocket', 'polling'])('over %s nobody connects without a valid session', async (transport) => {
  for (const cookie of ['', 'live-likes.session_token=forged.forged']) {
    const error = await refused(connect(t.server, { cookie }, {}, [transport]));
    expect(error.data).toMatchObject({ code: 'UNAUTHENTICATED', message: 'Log in first.' });
  }
});

test.each(['websocket', 'polling'])(
  'over %s no other origin connects, even with a valid cookie',
  async (transport) => {
    const { cookie } = await t.person('alice');
    for (const origin of [
      'https://evil.example',
      'null',
      `${t.server.url}.evil.example`,
      `${t.server.url}0`,
    ]) {
      const error = await refused(connect(t.server, { cookie, origin }, {}, [transport]));
      expect(error.data).toBeUndefined();
    }
    const crossSite = { cookie, 'sec-fetch-site': 'cross-site' };
    expect((await refused(connect(t.server, crossSite, {}, [transport]))).data).toBeUndefined();
  },
);

test('a page of ours connects, whatever transport', async () => {
  const { cookie } = await t.person('alice');
  for (const transport of ['websocket', 'polling']) {
    const socket = connect(t.server, { cookie, origin: t.server.url }, {}, [transport]);
    await next(socket, 'session:ready');
    socket.disconnect();
  }
});

test('the room of a socket is named by the user of its session, whatever the client says', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const socket = await bob.socket({ userId: alice.user.id, room: alice.user.id });
  const { rooms } = t.server.app.io.of('/').adapter;
  expect(rooms.get(bob.user.id)).toContain(socket.id);
  expect(rooms.get(alice.user.id)).toBeUndefined();
});

test('a logout ends the sockets of its session and of no other', async () => {
  const [here, elsewhere] = [await t.newLogin('alice'), await t.newLogin('alice')];
  const [first, second, other] = [await here.socket(), await here.socket(), await elsewhere.socket()];
  const ended = [first, second].map((socket) => next(socket, 'session:ended'));
  const cut = [first, second].map((socket) => new Promise((resolve) => socket.once('disconnect', resolve)));

  await here.ask('POST', '/api/auth/sign-out');

  expect((await Promise.all(ended)).flat()).toEqual([{ reason: 'logout' }, { reason: 'logout' }]);
  await Promise.all(cut);
  expect(await other.emitWithAck('posts:watch', { postIds: [] })).toMatchObject({ ok: true });
  expect((await here.call('GET', '/api/posts')).status).toBe(401);
});

test('a password change ends the other sessions of the person', async () => {
  const [here, elsewhere] = [await t.newLogin('erin'), await t.newLogin('erin')];
  const other = await elsewhere.socket();
  const ended = next(other, 'session:ended');
  const [currentPassword, newPassword] = ['live-likes-demo', 'another-password'];

  const own = await here.socket();
  const stays: string[] = [];
  own.on('session:ended', ({ reason }) => stays.push(reason));

  await here.ask('POST', '/api/auth/change-password', { currentPassword, newPassword });

  expect((await ended)[0]).toEqual({ reason: 'revoked' });
  expect(await own.emitWithAck('posts:watch', { postIds: [] })).toMatchObject({ ok: true });
  expect(stays).toEqual([]);
  expect((await here.call('GET', '/api/posts')).status).toBe(200);
  expect((await elsewhere.call('GET', '/api/posts')).status).toBe(401);
});

test('a logout between the handshake and the join of the room leaves no socket behind', async () => {
  const alice = await t.newLogin('alice');
  let races = true;
  // Runs after the session has been read, before the socket joins anything.
  t.server.app.io.use((_socket, pass) => {
    if (!races) return pass();
    races = false;
    alice.ask('POST', '/api/auth/sign-out').then(() => pass(), pass);
  });
  const socket = connect(t.server, { cookie: alice.cookie });
  const heard: string[] = [];
  socket.onAny((event: string) => heard.push(event));
  await new Promise((resolve) => socket.once('disconnect', resolve));
  expect(heard).toEqual(['session:ended']);
});

test('no socket survives a logout that races its handshake', { timeout: 60_000 }, async () => {
  const logins = await Promise.all(Array.from({ length: 20 }, () => t.newLogin('alice')));
  for (const alice of logins) {
    const socket = connect(t.server, { cookie: alice.cookie });
    const gone = new Promise<void>((resolve) => {
      socket.once('connect_error', () => resolve());
      socket.once('disconnect', () => resolve());
    });
    await alice.call('POST', '/api/auth/sign-out');
    await gone;
  }
});

test('the client core ends with its session', async () => {
  const alice = await t.newLogin('alice');
  const reasons: string[] = [];
  const client = await alice.client({ onEnded: (reason) => reasons.push(reason) });
  await alice.ask('POST', '/api/auth/sign-out');
  await until(client.connection, (state) => state === 'offline');
  expect(reasons).toEqual(['logout']);
});

test('an action clicked as one user is refused in the session of another', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const headers = { 'x-acting-user': alice.user.id };
  const answer = await bob.call('POST', '/api/posts', { body: 'not mine' }, headers);
  expect(answer.status).toBe(401);
  expect((await bob.call('POST', '/api/auth/sign-out', {}, headers)).status).toBe(401);
  const { posts } = await alice.ask<{ posts: { body: string }[] }>('GET', '/api/posts');
  expect(posts.some((post) => post.body === 'not mine')).toBe(false);
});

test('guests get a name, a username and a session of their own', async () => {
  const response = await callAs('', `${t.server.url}/api/auth/sign-in/anonymous`, 'POST', {});
  expect(response.status).toBe(200);
  const cookie = cookieOf(response);
  expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Lax/);
  const socket = connect(t.server, { cookie });
  const [ready] = await next(socket, 'session:ready');
  expect(ready.user).toMatchObject({
    name: expect.stringMatching(/^Guest \d{4}$/),
    username: expect.stringMatching(/^guest_/),
  });
  socket.disconnect();
});

test('a session keeps no address, made up or not', async () => {
  const forwarded = { 'x-forwarded-for': '203.0.113.1' };
  const auth = `${t.server.url}/api/auth`;
  const login = await callAs('', `${auth}/sign-in/anonymous`, 'POST', {}, forwarded);
  const answer = await callAs(cookieOf(login), `${auth}/get-session`, 'GET', undefined, forwarded);
  const { session } = (await answer.json()) as { session: { ipAddress: string | null } };
  expect(session.ipAddress || null).toBeNull();
});

test("a guest's likes stay when the guest logs in as somebody else", async () => {
  const alice = await t.person('alice');
  const post = await alice.post('liked by a guest');
  const guest = cookieOf(await callAs('', `${t.server.url}/api/auth/sign-in/anonymous`, 'POST', {}));
  await callAs(guest, `${t.server.url}/api/posts/${post.id}/like`, 'PUT');
  const credentials = { username: 'bob', password: 'live-likes-demo' };
  expect((await callAs(guest, `${t.server.url}/api/auth/sign-in/username`, 'POST', credentials)).status).toBe(
    200,
  );
  expect(await alice.ask('GET', `/api/posts/${post.id}`)).toMatchObject({ likeCount: 1 });
});

test('everybody is told how many people are online', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const first = await alice.socket();
  expect(first.ready.online).toBe(1);
  const two = next(first, 'presence:changed', ({ online }) => online === 2);
  const [tab, otherTab] = [await bob.socket(), await bob.socket()];
  await two;
  const one = next(first, 'presence:changed', ({ online }) => online === 1);
  tab.disconnect();
  otherTab.disconnect();
  await one;
});

test.each([
  [{ username: 'ops' }, 'USERNAME_IS_IMMUTABLE'],
  [{ username: null }, 'INVALID'],
  [{ name: 'x'.repeat(51) }, 'INVALID'],
  [{ name: '  ' }, 'INVALID'],
  [{ image: 'javascript:alert(1)' }, 'INVALID'],
])('a profile is not changed to %j', async (changes, code) => {
  const bob = await t.person('bob');
  const answer = await bob.call('POST', '/api/auth/update-user', changes);
  expect([answer.status, await answer.json()]).toMatchObject([400, { code }]);
  expect((await bob.socket()).ready.user).toEqual(bob.user);
});

test('a name is trimmed, at sign-up too', async () => {
  const account = {
    name: '  Frank  ',
    username: 'frank',
    email: 'frank@example.com',
    password: 'live-likes-demo',
  };
  const response = await callAs('', `${t.server.url}/api/auth/sign-up/email`, 'POST', account);
  expect(await response.json()).toMatchObject({ user: { name: 'Frank' } });
  const long = { ...account, name: 'x'.repeat(60_000), username: 'long', email: 'long@example.com' };
  expect((await callAs('', `${t.server.url}/api/auth/sign-up/email`, 'POST', long)).status).toBe(400);
});
