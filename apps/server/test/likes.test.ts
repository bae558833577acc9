import type { LikeState, Notification } from '@live-likes/contract';
import { expect, test } from 'vitest';
import { unavailable } from '../src/errors.ts';
import { next, until } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer({ rates: null });

const op = (n: number, client = 'tab') => ({ client, n });

test('a like reaches its author, counted and acknowledged', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('hello');
  const [author, liker] = await Promise.all([alice.socket(), bob.socket()]);
  const pushed = next(author, 'inbox:changed');

  const answer = await liker.emitWithAck('like:set', { postId: post.id, liked: true, op: op(1) });

  expect(answer).toEqual({ ok: true, data: { postId: post.id, liked: true, likeCount: 1, rev: 1 } });
  const [delta] = await pushed;
  expect(delta).toMatchObject({
    epoch: author.ready.inbox.epoch,
    reset: false,
    unread: author.ready.inbox.unread + 1,
  });
  expect(delta.from).toBe(author.ready.inbox.to);
  expect(delta.to).toBe(delta.from + 1);
  expect(delta.items).toMatchObject([
    {
      kind: 'like',
      post: { id: post.id, excerpt: 'hello' },
      actors: [bob.user],
      count: 1,
      newCount: 1,
      removed: false,
      seq: delta.to,
    },
  ]);
});

test('likes of several people are one notification, the newest name first', async () => {
  const [alice, bob, carol, dave] = await Promise.all(['alice', 'bob', 'carol', 'dave'].map(t.person));
  const post = await alice!.post('popular');
  for (const person of [bob!, carol!, dave!]) await person.ask('PUT', `/api/posts/${post.id}/like`);

  const inbox = await alice!.ask<{ items: Notification[] }>('GET', '/api/inbox');

  const told = inbox.items.filter((item) => item.post?.id === post.id);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ count: 3, newCount: 3 });
  expect(told[0]!.actors.map((user) => user.username)).toEqual(['dave', 'carol', 'bob']);
});

test('un-liking takes the notification back', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('regretted');
  const author = await alice.client();
  const item = () => [...author.inbox.get().items.values()].find((n) => n.post?.id === post.id);
  const unread = author.inbox.get().unread;

  await bob.ask('PUT', `/api/posts/${post.id}/like`);
  await until(author.inbox, () => item()?.newCount === 1);
  expect(author.inbox.get().unread).toBe(unread + 1);
  await bob.ask('DELETE', `/api/posts/${post.id}/like`);
  await until(author.inbox, () => item() === undefined);

  expect(author.inbox.get().unread).toBe(unread);
  const inbox = await alice.ask<{ items: Notification[]; unread: number }>('GET', '/api/inbox');
  expect(inbox.items.some((n) => n.post?.id === post.id)).toBe(false);
  expect(inbox.unread).toBe(unread);
});

test('liking an own post counts and notifies nobody', async () => {
  const alice = await t.person('alice');
  const post = await alice.post('me, myself');
  const before = await alice.ask<{ seq: number }>('GET', '/api/inbox');

  const state = await alice.ask<LikeState>('PUT', `/api/posts/${post.id}/like`);

  expect(state).toMatchObject({ liked: true, likeCount: 1 });
  expect(await alice.ask('GET', '/api/inbox')).toMatchObject({ seq: before.seq });
});

test('an operation that was applied before changes nothing and answers the state of now', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('retried');
  const liker = await bob.socket();
  const set = (liked: boolean, n: number, client = 'tab') =>
    liker.emitWithAck('like:set', { postId: post.id, liked, op: op(n, client) });

  await set(true, 1);
  await set(false, 2);
  const late = await set(true, 1);
  const same = await set(true, 2);
  const otherTab = await set(true, 1, 'another tab');

  expect(late).toMatchObject({ ok: true, data: { liked: false, likeCount: 0 } });
  expect(same).toMatchObject({ ok: true, data: { liked: false, likeCount: 0 } });
  expect(otherTab).toMatchObject({ ok: true, data: { liked: true, likeCount: 1 } });
});

test('a refused operation does not count as applied', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('refused first');
  const liker = await bob.socket();
  const { store } = t.server.storage;
  const set = () => liker.emitWithAck('like:set', { postId: post.id, liked: true, op: op(1, 'refused') });
  const { applyLikes } = store;
  store.applyLikes = () => Promise.reject(unavailable(null));

  const refused = await set();
  store.applyLikes = applyLikes;

  expect(refused).toMatchObject({ ok: false, error: { code: 'UNAVAILABLE', retryAfterMs: 1_000 } });
  expect(await set()).toMatchObject({ ok: true, data: { liked: true, likeCount: 1 } });
});

test('other tabs of the liker see the like, the clicking one has its answer', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('two tabs');
  const [clicking, other] = await Promise.all([bob.socket(), bob.socket()]);
  const told: LikeState[] = [];
  clicking.on('like:changed', (state) => told.push(state));
  const changed = next(other, 'like:changed');

  await clicking.emitWithAck('like:set', { postId: post.id, liked: true, op: op(1, 'two tabs') });

  expect((await changed)[0]).toEqual({ postId: post.id, liked: true, likeCount: 1, rev: 1 });
  expect(told).toEqual([]);
});

test('watchers of a post see its count, others do not', async () => {
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map(t.person));
  const [watched, other] = [await alice!.post('watched'), await alice!.post('not watched')];
  const watcher = await carol!.socket();
  const frames: string[][] = [];
  watcher.on('posts:changed', (counts) => frames.push(counts.map((c) => c.postId)));

  const now = await watcher.emitWithAck('posts:watch', { postIds: [watched.id, 'unknown'] });
  expect(now).toEqual({ ok: true, data: [{ postId: watched.id, likeCount: 0, rev: 0 }] });
  const changed = next(watcher, 'posts:changed', (counts) => counts.some((c) => c.likeCount === 2));
  await bob!.ask('PUT', `/api/posts/${other.id}/like`);
  for (const person of [alice!, bob!]) await person.ask('PUT', `/api/posts/${watched.id}/like`);

  expect((await changed)[0]).toContainEqual({ postId: watched.id, likeCount: 2, rev: 2 });
  expect(frames.flat()).not.toContain(other.id);
});

test('of two sets of watched posts on each other’s heels the later one stays', async () => {
  const [alice, carol] = await Promise.all([t.person('alice'), t.person('carol')]);
  const posts: string[] = [];
  for (let i = 0; i < 6; i += 1) posts.push((await alice.post(`watched ${i}`)).id);
  const [last] = posts.slice(-1) as [string];
  const watcher = await carol.socket();
  for (let size = 0; size < 5; size += 1) {
    await watcher.emitWithAck('posts:watch', { postIds: posts.slice(0, size) });
    const replaced = watcher.emitWithAck('posts:watch', { postIds: posts.slice(0, 1) });
    await Promise.all([replaced, watcher.emitWithAck('posts:watch', { postIds: [last] })]);
    const { rooms } = t.server.app.io.of('/').sockets.get(watcher.id!)!;
    expect([...rooms].filter((room) => room.startsWith('post:'))).toEqual([`post:${last}`]);
  }
});

test('a set of watched posts replaces the one before', async () => {
  const [alice, carol] = await Promise.all([t.person('alice'), t.person('carol')]);
  const [first, second] = [await alice.post('first'), await alice.post('second')];
  const watcher = await carol.socket();
  const seen: string[] = [];
  watcher.on('posts:changed', (counts) => seen.push(...counts.map((c) => c.postId)));
  await watcher.emitWithAck('posts:watch', { postIds: [first.id] });
  await watcher.emitWithAck('posts:watch', { postIds: [second.id] });
  const changed = next(watcher, 'posts:changed');

  await alice.ask('PUT', `/api/posts/${first.id}/like`);
  await alice.ask('PUT', `/api/posts/${second.id}/like`);
  await changed;

  expect(seen).toEqual([second.id]);
});

test('however hot a post, a watcher gets at most ten frames a second, the last one with the final count', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('hot');
  const watcher = await alice.socket();
  const liker = await bob.socket();
  const arrivals: number[] = [];
  watcher.on('posts:changed', () => arrivals.push(performance.now()));
  await watcher.emitWithAck('posts:watch', { postIds: [post.id] });
  const last = next(watcher, 'posts:changed', (counts) => counts[0]!.rev === 301);

  for (let n = 1; n <= 301; n += 1) {
    await liker.emitWithAck('like:set', { postId: post.id, liked: n % 2 === 1, op: op(n, 'hot') });
  }

  expect((await last)[0]).toEqual([{ postId: post.id, likeCount: 1, rev: 301 }]);
  for (const start of arrivals) {
    expect(arrivals.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(10);
  }
});
