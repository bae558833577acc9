import { DatabaseSync } from 'node:sqlite';
import { setTimeout as after } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { openRedisBus } from '../src/bus/redis/open.ts';
import { createLog } from '../src/log.ts';
import { callAs, next, type RawSocket } from './harness.ts';
import { useNodes, withoutRedis } from './nodes.ts';

let n = 0;
const op = () => ({ client: 'test', n: (n += 1) });
const like = (socket: RawSocket, postId: string, liked = true) =>
  socket.emitWithAck('like:set', { postId, liked, op: op() });

describe.skipIf(withoutRedis)('two nodes', () => {
  const nodes = useNodes();

  test('an author hears of a like at the other node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('Who is there?');
    const [author, bob] = [await alice.socket(), await (await nodes.person(nodes.b, 'bob')).socket()];
    const told = next(author, 'inbox:changed');
    await like(bob, id);
    const [{ items, unread }] = await told;
    expect(items).toMatchObject([{ post: { id }, actors: [{ username: 'bob' }], newCount: 1 }]);
    expect(unread).toBeGreaterThan(0);
  });

  test('each device of an author hears of it, at whichever node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('On two devices');
    const devices = [await nodes.socketAt(nodes.a, alice), await nodes.socketAt(nodes.b, alice)];
    const bob = await (await nodes.person(nodes.b, 'bob')).socket();
    const told = Promise.all(devices.map((device) => next(device, 'inbox:changed')));
    await like(bob, id);
    for (const [delta] of await told) expect(delta.items).toMatchObject([{ post: { id } }]);
  });

  test('the heart of another tab changes, at the other node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('Two tabs');
    const bob = await nodes.person(nodes.a, 'bob');
    const [here, there] = [await nodes.socketAt(nodes.a, bob), await nodes.socketAt(nodes.b, bob)];
    const told = next(there, 'like:changed');
    await like(here, id);
    expect((await told)[0]).toMatchObject({ postId: id, liked: true });
    const back = next(here, 'like:changed');
    await like(there, id, false);
    expect((await back)[0]).toMatchObject({ postId: id, liked: false });
  });

  test('those who watch a post at the other node see its count', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const { id } = await alice.post('Watched');
    const carol = await (await nodes.person(nodes.a, 'carol')).socket();
    await carol.emitWithAck('posts:watch', { postIds: [id] });
    const people = ['bob', 'dave'];
    const told = next(carol, 'posts:changed', (counts) => counts.some(({ likeCount }) => likeCount === 2));
    for (const name of people) await like(await (await nodes.person(nodes.b, name)).socket(), id);
    expect((await told)[0]).toMatchObject([{ postId: id, likeCount: 2 }]);
  });

  test('a post that is written or deleted at one node is told of at the other', async () => {
    const carol = await (await nodes.person(nodes.b, 'carol')).socket();
    const alice = await nodes.person(nodes.a, 'alice');
    const created = next(carol, 'post:created');
    const { id } = await alice.post('New');
    expect((await created)[0]).toMatchObject({ post: { id, body: 'New' } });
    const deleted = next(carol, 'post:deleted');
    await alice.call('DELETE', `/api/posts/${id}`);
    expect((await deleted)[0]).toEqual({ postId: id });
  });

  test('settings change at all nodes', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const there = await nodes.socketAt(nodes.b, alice);
    const told = next(there, 'settings:changed');
    await alice.ask('PATCH', '/api/me/settings', { sound: true });
    expect((await told)[0]).toMatchObject({ sound: true });
  });

  test('somebody at two nodes counts once', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const here = await nodes.socketAt(nodes.a, alice);
    await nodes.socketAt(nodes.b, alice);
    let { online } = here.ready;
    here.on('presence:changed', (presence) => ({ online } = presence));
    const shows = async (number: number) => {
      await expect.poll(() => online, { timeout: 5_000 }).toBe(number);
    };
    await shows(1);
    const bob = await (await nodes.person(nodes.b, 'bob')).socket();
    await shows(2);
    bob.disconnect();
    await shows(1);
  });

  test('a logout reaches the sockets of the session at the other node', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const there = await nodes.socketAt(nodes.b, alice);
    const ended = next(there, 'session:ended');
    const cut = new Promise((resolve) => there.once('disconnect', resolve));
    await alice.call('POST', '/api/auth/sign-out');
    // By the other node's note or by a look at the storage, whichever is first.
    expect((await ended)[0]).toEqual({ reason: expect.stringMatching(/^(logout|revoked)$/) });
    await cut;
  });

  test('a ban cuts the sockets at all nodes within a second or two', async () => {
    const mallory = await nodes.person(nodes.a, 'mallory');
    const sockets = [await nodes.socketAt(nodes.a, mallory), await nodes.socketAt(nodes.b, mallory)];
    const ended = Promise.all(sockets.map((socket) => next(socket, 'session:ended')));
    const db = new DatabaseSync(nodes.a.databasePath, { timeout: 5_000 });
    db.prepare(`UPDATE user SET banned = 1 WHERE username = 'mallory'`).run();
    db.close();
    expect(await ended).toEqual([[{ reason: 'revoked' }], [{ reason: 'revoked' }]]);
  });

  test('an announcement that two nodes hand out at once reaches everybody once', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => nodes.guest(nodes.a)));
    const [at, there] = [nodes.a.storage.store, nodes.b.storage.store];
    const sockets = await Promise.all(people.map(({ cookie }) => nodes.socketAt(nodes.b, { cookie })));
    const told = Promise.all(
      sockets.map((socket) =>
        next(socket, 'inbox:changed', ({ items }) => items.some(({ text }) => text === 'Hello everybody')),
      ),
    );
    const alice = await nodes.person(nodes.a, 'alice');
    const { recipients } = await alice.ask<{ recipients: number }>('POST', '/api/announcements', {
      text: 'Hello everybody',
    });
    await told;
    const id = 'handed-out-by-two';
    await at.createAnnouncement(id, 'Handed out by two', null);
    const handOut = async (store: typeof at) => {
      let [touched, done] = [0, false];
      while (!done) {
        const step = await store.deliverAnnouncement(id, 3);
        ({ done } = step);
        touched += step.touched.length;
      }
      return touched;
    };
    const [first, second] = await Promise.all([handOut(at), handOut(there)]);
    expect(first + second).toBe(recipients);
    for (const { userId } of people) {
      const { delta } = await there.inboxSince(userId, null);
      expect(delta.items.filter(({ text }) => text === 'Handed out by two')).toHaveLength(1);
    }
  });

  test('what is no note harms nobody', async () => {
    const alice = await nodes.person(nodes.a, 'alice');
    const author = await alice.socket();
    const prefix = `live-likes:${nodes.a.storage.store.epoch}`;
    const redis = new Redis(nodes.redis.url);
    for (const channel of [`user:${alice.user.id}`, 'all']) {
      for (const text of [
        '',
        'x',
        'x {',
        'x {"kind":"inbox","from":-1}',
        'x {"kind":"counts","counts":[{}]}',
        'x null',
      ])
        await redis.spublish(`${prefix}:${channel}`, text);
    }
    redis.disconnect();
    const { id } = await alice.post('Still here');
    const told = next(author, 'inbox:changed');
    await like(await (await nodes.person(nodes.b, 'bob')).socket(), id);
    expect((await told)[0].items).toMatchObject([{ post: { id } }]);
  });
});

describe.skipIf(withoutRedis)('what a push costs', () => {
  const nodes = useNodes({ rates: null });
  const AUTHORS = 10;
  const ROUNDS = 50;

  /** Likes at one node, of posts whose authors are at the other: messages for each push, and how long a push takes. */
  async function measure() {
    const redis = new Redis(nodes.redis.url);
    const messages = async () =>
      Number(/cmdstat_spublish:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
    const liker = await nodes.socketAt(nodes.b, await nodes.guest(nodes.b));
    const posts: string[] = [];
    const latencies: number[] = [];
    let likedAt = 0;
    for (let i = 0; i < AUTHORS; i += 1) {
      const author = await nodes.guest(nodes.a);
      const answer = await callAs(author.cookie, `${nodes.a.url}/api/posts`, 'POST', { body: 'A post' });
      posts.push(((await answer.json()) as { id: string }).id);
      const socket = await nodes.socketAt(nodes.a, author);
      socket.on('inbox:changed', () => latencies.push(performance.now() - likedAt));
    }
    const before = await messages();
    for (let round = 0; round < ROUNDS; round += 1) {
      likedAt = performance.now();
      await Promise.all(posts.map((postId) => like(liker, postId, round % 2 === 0)));
      // Below the pace of pushes to one author, so that each like is one.
      await expect.poll(() => latencies.length, { interval: 5 }).toBe((round + 1) * AUTHORS);
      await after(Math.max(0, likedAt + 60 - performance.now()));
    }
    const spent = (await messages()) - before;
    redis.disconnect();
    latencies.sort((a, b) => a - b);
    return { perPush: spent / latencies.length, p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0 };
  }

  test(
    'one message, and a tenth for the counts, however many others there are',
    { timeout: 60_000 },
    async () => {
      const few = await measure();
      const crowd = await openRedisBus({
        url: nodes.redis.url,
        name: nodes.a.storage.store.epoch,
        log: createLog('silent'),
      });
      await Promise.all(Array.from({ length: 10_000 }, (_, i) => crowd.came(`person-${i}`)));
      await expect.poll(() => nodes.a.app.io.engine.clientsCount).toBeGreaterThan(0);
      await expect.poll(() => crowd.online(), { timeout: 10_000 }).toBeGreaterThan(10_000);
      const many = await measure();
      await crowd.close();
      console.info(
        `a push across two nodes: ${few.perPush.toFixed(2)} messages of Redis, p99 ${few.p99.toFixed(0)} ms; ` +
          `with 10,000 others ${many.perPush.toFixed(2)}, p99 ${many.p99.toFixed(0)} ms`,
      );
      expect(few.perPush).toBeLessThanOrEqual(1.1);
      expect(many.perPush).toBeLessThanOrEqual(1.1);
    },
  );
});
