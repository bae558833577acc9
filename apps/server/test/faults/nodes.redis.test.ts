import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { findRedis, type OwnRedis, startRedis } from '@live-likes/services/redis';
import { io } from 'socket.io-client';
import { expect, test as base, vi } from 'vitest';
import { callAs } from '../harness.ts';
import { expectPromiseKept } from './oracle.ts';
import { createProduction, type Production } from './production.ts';
import { type Person, type Tab, within, type World } from './world.ts';

interface Nodes {
  /** Its server is one node. */
  world: World;
  other: Production;
  redis: OwnRedis;
}

const isMissing = !findRedis() && process.env['REQUIRE_SERVICES'] !== '1';
if (isMissing)
  process.stderr.write('redis-server is not installed: the faults of several nodes are left out.\n');

/** Two nodes as they run in production, on one database and one Redis. */
const withNodes = base.extend<{ nodes: Nodes }>({
  nodes: async ({ task }, use) => {
    const redis = await startRedis();
    const settings = { LIMITS: 'off', REDIS_URL: redis.url };
    await within(task.name, settings, async (world) => {
      const other = await createProduction({ ...settings, DATABASE_URL: `file:${world.server.database}` });
      await other.start();
      await use({ world, other, redis });
      for (const tab of world.tabs) tab.close();
      await other.remove();
      expect(other.errors()).toBe('');
    });
    await redis.stop();
  },
});

const test = withNodes.skipIf(isMissing);

/** An author with a tab at each node, and people at both who like. */
async function populate({ world, other }: Nodes) {
  const author = await world.person('author');
  const posts = await author.posts(10);
  const authorTabs = [await author.tab(), await author.tab({ via: other })];
  const likers: Tab[] = [];
  for (let i = 0; i < 6; i += 1)
    likers.push(await (await world.person(`liker${i}`)).tab(i % 2 ? { via: other } : {}));
  return { author, posts, authorTabs, likers };
}

/** Likes at random until it is stopped. */
function underLoad(likers: Tab[], posts: string[]) {
  const load = setInterval(() => {
    const each = Math.floor(Math.random() * likers.length);
    // A post has at most three likers, as many as are named: the oracle knows of no others whether they were told of.
    const theirs = posts.filter((_post, i) => i % 3 === each % 3);
    likers[each]?.like(theirs[Math.floor(Math.random() * theirs.length)] as string, Math.random() < 0.8);
  }, 10);
  return () => clearInterval(load);
}

/** A like at one node is seen at the other well before any heartbeat. */
async function expectLive(nodes: Nodes, { author, likers }: { author: Person; likers: Tab[] }) {
  const post = await author.post('Is anybody there?');
  const watcher = io(nodes.world.server.url, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: author.headers,
  });
  await once(watcher as never, 'session:ready');
  const told = once(watcher as never, 'inbox:changed');
  likers[1]?.like(post.id);
  const waited = await Promise.race([told, after(1_000, 'too long')]);
  watcher.close();
  expect(waited).not.toBe('too long');
}

const answered = (tabs: Tab[]) => tabs.reduce((sum, { journal }) => sum + journal.acknowledged.length, 0);

test('Redis dies under load and comes back empty', { timeout: 120_000 }, async ({ nodes }) => {
  const people = await populate(nodes);
  const { likers, posts } = people;
  const stop = underLoad(likers, posts);
  await after(1_000);
  await nodes.redis.kill();
  const before = answered(likers);
  await after(4_000);
  // Nobody is cut. Some catch up at times with what the other node could not tell them.
  expect(answered(likers)).toBeGreaterThan(before + 100);
  const states = [...nodes.world.tabs].flatMap(({ journal }) =>
    journal.connections.map(({ state }) => state),
  );
  expect(states).not.toContain('offline');
  await nodes.redis.start();
  await after(3_500);
  stop();
  await expectLive(nodes, people);
  await expectPromiseKept(nodes.world);
});

test('Redis is held still, and then goes on', { timeout: 120_000 }, async ({ nodes }) => {
  const people = await populate(nodes);
  const { likers, posts } = people;
  const stop = underLoad(likers, posts);
  process.kill(nodes.redis.pid(), 'SIGSTOP');
  const began = performance.now();
  const newcomer = await (await nodes.world.person('newcomer')).tab({ via: nodes.other });
  expect(newcomer.client.connection.get()).toBe('live');
  const { status } = await callAs('', `${nodes.other.url}/api/auth/sign-in/username`, 'POST', {
    username: 'nobody',
    password: 'a wrong password',
  });
  expect(status).toBe(401);
  // Asked at each node, in vain, for a second at most at a time.
  expect(performance.now() - began).toBeLessThan(8_000);
  const before = answered(likers);
  await after(3_000);
  expect(answered(likers)).toBeGreaterThan(before + 100);
  process.kill(nodes.redis.pid(), 'SIGCONT');
  await after(6_000);
  stop();
  await expectLive(nodes, people);
  await expectPromiseKept(nodes.world);
});

test(
  'while Redis is away a node starts, and is live when it comes',
  { timeout: 120_000 },
  async ({ nodes }) => {
    await nodes.redis.kill();
    await nodes.other.kill();
    await nodes.other.start();
    const people = await populate(nodes);
    await nodes.redis.start();
    await vi.waitFor(() => expectLive(nodes, people), { timeout: 10_000, interval: 100 });
    await expectPromiseKept(nodes.world);
  },
);

test('the users of a node that is killed are gone within 30 s', { timeout: 120_000 }, async ({ nodes }) => {
  const { world, other } = nodes;
  const here = await (await world.person('here')).tab();
  const there = await (await world.person('there')).tab({ via: other });
  const shows = (online: number) => () => expect(here.client.online.get()).toBe(online);
  await vi.waitFor(shows(2), { timeout: 10_000, interval: 50 });
  const began = performance.now();
  await other.kill();
  await vi.waitFor(shows(1), { timeout: 30_000, interval: 50 });
  console.info(`a killed node was gone after ${Math.round((performance.now() - began) / 100) / 10} s`);
  there.close();
  await expectPromiseKept(world);
});
