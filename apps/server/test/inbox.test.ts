import {
  ACTORS_MAX,
  ANNOUNCEMENT_MAX_LENGTH,
  type InboxDelta,
  type InboxPage,
  NAME_MAX_LENGTH,
  POST_MAX_LENGTH,
  type Result,
} from '@live-likes/contract';
import { expect, test } from 'vitest';
import { ALWAYS_FIT, PAGE_BYTES } from '../src/storage/inboxPages.ts';
import { connect, next, until } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer({ headIntervalMs: 100, rates: null });

async function likeBy(username: string, postId: string) {
  const liker = await t.person(username);
  await liker.ask('PUT', `/api/posts/${postId}/like`);
}

test('a like while the author is away is in the inbox at the next handshake', async () => {
  const alice = await t.person('alice');
  const post = await alice.post('while away');
  await likeBy('bob', post.id);

  const { ready } = await alice.socket();

  expect(ready.user).toEqual(alice.user);
  expect(Math.abs(Date.parse(ready.now) - Date.now())).toBeLessThan(60_000);
  expect(ready.inbox).toMatchObject({ reset: true });
  expect(ready.inbox.items[0]).toMatchObject({ post: { id: post.id }, newCount: 1 });
});

test('a handshake with a cursor gets what changed since, and nothing else', async () => {
  const alice = await t.person('alice');
  const post = await alice.post('cursor');
  const { ready: first } = await alice.socket();
  await likeBy('bob', post.id);

  const { ready } = await alice.socket({ epoch: first.inbox.epoch, since: first.inbox.to });

  expect(ready.inbox).toMatchObject({ reset: false, from: first.inbox.to, to: first.inbox.to + 1 });
  expect(ready.inbox.items).toHaveLength(1);
});

test('an answer that is too large for one message comes in pages', async () => {
  const author = await t.person('author');
  const image = `https://example.com/${'x'.repeat(480)}`;
  const likers = await Promise.all(['ann', 'ben', 'cleo'].map((name) => t.person(name)));
  for (const liker of likers) await liker.ask('POST', '/api/auth/update-user', { image });
  for (let i = 0; i < 67; i += 1) {
    const post = await author.post(`post ${i}`);
    for (const liker of likers) await liker.ask('PUT', `/api/posts/${post.id}/like`);
  }
  const { epoch, seq } = await author.ask<InboxPage>('GET', '/api/inbox');
  const socket = connect(t.server, { cookie: author.cookie }, { epoch, since: seq - 200 });
  const told: string[] = [];
  socket.onAny((event: string) => told.push(event));
  const head = next(socket, 'inbox:head');
  const [{ inbox: first }] = await next(socket, 'session:ready');

  expect(first).toMatchObject({ reset: false, from: seq - 200 });
  expect(first.to).toBeLessThan(seq);
  expect((await head)[0]).toMatchObject({ epoch, seq });
  expect(told.slice(0, 2)).toEqual(['session:ready', 'inbox:head']);
  const rest = (await socket.emitWithAck('inbox:since', { epoch, since: first.to })) as Result<InboxDelta>;
  socket.disconnect();
  if (!rest.ok) throw new Error(rest.error.message);
  expect(rest.data).toMatchObject({ from: first.to, to: seq });
  expect(new Set([...first.items, ...rest.data.items].map((item) => item.id)).size).toBe(67);
});

test('as many of the largest notifications as nobody measures fit one message', async () => {
  /** In JSON six bytes, as no other character has. */
  const LARGEST = '\u0001';
  const [author, admin] = await Promise.all([t.person('reader'), t.person('alice')]);
  const usernames = Array.from({ length: ACTORS_MAX }, (_, i) => `liker_${i}`.padEnd(30, '_'));
  const likers = await Promise.all(usernames.map((username) => t.person(username)));
  for (const [i, liker] of likers.entries()) {
    const name = String(i).padEnd(NAME_MAX_LENGTH, '字');
    const image = 'https://a/'.padEnd(500, LARGEST);
    await liker.ask('POST', '/api/auth/update-user', { name, image });
    for (const longer of [{ name: `${name}字` }, { image: image + LARGEST }])
      expect((await liker.call('POST', '/api/auth/update-user', longer)).status).toBe(400);
  }
  async function expectOnePage(since: number): Promise<number> {
    const { epoch } = t.server.storage.store;
    const { ready } = await author.socket({ epoch, since });
    expect(ready.inbox).toMatchObject({ reset: false, from: since });
    expect(ready.inbox.items).toHaveLength(ALWAYS_FIT);
    expect(Buffer.byteLength(JSON.stringify(ready.inbox))).toBeLessThan(PAGE_BYTES);
    return ready.inbox.to;
  }

  for (let i = 0; i < ALWAYS_FIT; i += 1) {
    const { id } = await author.post(LARGEST.repeat(POST_MAX_LENGTH));
    for (const liker of likers) await liker.ask('PUT', `/api/posts/${id}/like`);
  }
  const likes = await expectOnePage(0);
  const announcement = { text: LARGEST.repeat(ANNOUNCEMENT_MAX_LENGTH), to: [author.user.id] };
  for (let i = 0; i < ALWAYS_FIT; i += 1) await admin.ask('POST', '/api/announcements', announcement);
  await expectOnePage(likes);
});

test.each([
  { since: 1 },
  { epoch: 'x' },
  { epoch: 1, since: 'y' },
  { epoch: 'x', since: -1 },
  { room: 'bob' },
])('a handshake with the malformed cursor %j is one without', async (auth) => {
  const alice = await t.person('alice');
  const { ready } = await alice.socket(auth);
  expect(ready.inbox.reset).toBe(true);
});

test('inbox:since answers what a push would have brought', async () => {
  const alice = await t.person('alice');
  const post = await alice.post('asked for');
  const socket = await alice.socket();
  const { epoch, to } = socket.ready.inbox;
  const pushed = next(socket, 'inbox:changed');
  await likeBy('carol', post.id);
  const [delta] = await pushed;

  expect(await socket.emitWithAck('inbox:since', { epoch, since: to })).toEqual({ ok: true, data: delta });
});

test('marking as read empties the badge on every device', async () => {
  const alice = await t.person('alice');
  const post = await alice.post('read me');
  const [phone, laptop] = await Promise.all([alice.client(), alice.client()]);
  await likeBy('bob', post.id);
  for (const device of [laptop, phone]) {
    await until(device.inbox, ({ items }) => [...items.values()].some((item) => item.post?.id === post.id));
  }

  const answer = await phone.markRead({ upTo: phone.inbox.get().cursor });

  expect(answer).toEqual({ ok: true, data: { unread: 0 } });
  await until(laptop.inbox, (inbox) => inbox.unread === 0);
  await until(phone.inbox, (inbox) => inbox.unread === 0);
  expect((await alice.ask<InboxPage>('GET', '/api/inbox')).items.every((item) => item.newCount === 0)).toBe(
    true,
  );
});

test('over HTTP too, by ids', async () => {
  const alice = await t.person('alice');
  const posts = [await alice.post('one'), await alice.post('two')];
  for (const { id } of posts) await likeBy('dave', id);
  const before = await alice.ask<InboxPage>('GET', '/api/inbox');
  const first = before.items.find((item) => item.post?.id === posts[0]!.id)!;

  const answer = await alice.ask('POST', '/api/inbox/read', { ids: [first.id] });

  expect(answer).toEqual({ unread: before.unread - 1 });
});

test('a push that was lost is healed by the head', async () => {
  const alice = await t.person('alice');
  const post = await alice.post('lost push');
  const author = await alice.client();
  const { store } = t.server.storage;
  const { inboxSince } = store;
  const lost = new Promise<void>((resolve) => {
    store.inboxSince = () => {
      store.inboxSince = inboxSince;
      resolve();
      return Promise.reject(new Error('lost on the way'));
    };
  });

  await likeBy('bob', post.id);
  await lost;

  await until(author.inbox, ({ items }) => [...items.values()].some((item) => item.post?.id === post.id));
  expect(author.inbox.get().unread).toBe((await alice.ask<InboxPage>('GET', '/api/inbox')).unread);
});

test('nobody gets what is in the inbox of another', async () => {
  const [alice, carol] = await Promise.all([t.person('alice'), t.person('carol')]);
  const post = await alice.post('private');
  const [author, stranger] = await Promise.all([alice.socket(), carol.socket()]);
  const heard: string[] = [];
  stranger.onAny((event: string) => heard.push(event));
  const pushed = next(author, 'inbox:changed');

  await likeBy('bob', post.id);
  await pushed;
  // The answer comes after everything that was sent before it.
  await stranger.emitWithAck('posts:watch', { postIds: [] });

  expect(heard.filter((event) => event !== 'inbox:head' && event !== 'presence:changed')).toEqual([]);
});
