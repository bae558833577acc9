import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { expect, test as base, vi } from 'vitest';
import { runsCluster } from '../services.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { expectPromiseKept } from './oracle.ts';
import { inhabit, type Tab, type World } from './world.ts';

const MINUTES = 60_000;
const HELD_S = 5;
/** Connected, all the time. */
const KEPT: ReadonlySet<string> = new Set(['live', 'catching-up']);

if (!runsCluster)
  process.stderr.write('Without PostgreSQL, Redis and nginx the faults of a cluster are left out.\n');

/** Three nodes with everything around them. */
const test = base
  .extend<{ world: World<Cluster> }>({
    world: async ({ task }, use) => {
      await inhabit(task.name, await startCluster(), async (world) => {
        await use(world);
        // None has ended unasked.
        expect(await readiness(world)).toEqual([200, 200, 200]);
      });
    },
  })
  .skipIf(!runsCluster);

/** An author with three tabs, and likers, at whichever node the balancer gives them; likes at random until it is stopped. */
async function underLoad(world: World<Cluster>, likerCount = 9) {
  const author = await world.person('author');
  const posts = await author.posts(10);
  for (let i = 0; i < 3; i += 1) await author.tab();
  const likers: Tab[] = [];
  for (const liker of await world.people('liker', likerCount)) likers.push(await liker.tab());
  const load = setInterval(() => {
    const each = Math.floor(Math.random() * likers.length);
    // A post has at most three likers, as many as are named: the oracle knows of no others whether they were told of.
    const theirs = posts.filter((_post, i) => i % 3 === each % 3);
    likers[each]?.like(theirs[Math.floor(Math.random() * theirs.length)] as string, Math.random() < 0.8);
  }, 10);
  await vi.waitFor(() => expect(answered(likers)).toBeGreaterThan(50), { timeout: 20_000 });
  return { author, posts, likers, stop: () => clearInterval(load) };
}

const answered = (tabs: Tab[]) => tabs.reduce((sum, { journal }) => sum + journal.acknowledged.length, 0);

/** Likes are answered again, or still: a hundred more than now. */
async function expectGoingOn(likers: Tab[], withinMs: number) {
  const before = answered(likers);
  const asked = { timeout: withinMs, interval: 50 };
  await vi.waitFor(() => expect(answered(likers)).toBeGreaterThan(before + 100), asked);
}

/** Who ever lost the connection. */
const cut = ({ tabs }: World<Cluster>) =>
  [...tabs]
    .filter(({ journal }) => journal.connections.some(({ state }) => !KEPT.has(state)))
    .map(({ name }) => name);

const readiness = ({ server }: World<Cluster>) =>
  Promise.all(server.nodes.map(async ({ url }) => (await fetch(`${url}/readyz`)).status));

test(
  'Redis is away for half a minute: nobody notices but by waiting for a heart',
  { timeout: 4 * MINUTES },
  async ({ world }) => {
    const { likers, stop } = await underLoad(world);
    await world.server.redis.kill();
    await expectGoingOn(likers, 10_000);
    await after(25_000);
    await expectGoingOn(likers, 10_000);
    await world.server.redis.start();
    await expectGoingOn(likers, 10_000);
    stop();
    await expectPromiseKept(world);
    expect(cut(world)).toEqual([]);
  },
);

test(
  'PostgreSQL restarts without a goodbye: likes wait, sockets stay',
  { timeout: 4 * MINUTES },
  async ({ world }) => {
    const { likers, stop } = await underLoad(world);
    await world.server.postgres.kill();
    await vi.waitFor(async () => expect(await readiness(world)).toEqual([503, 503, 503]), {
      timeout: 20_000,
    });
    await world.server.postgres.start();
    await vi.waitFor(async () => expect(await readiness(world)).toEqual([200, 200, 200]), {
      timeout: 20_000,
    });
    await expectGoingOn(likers, 30_000);
    stop();
    await expectPromiseKept(world);
    expect(cut(world)).toEqual([]);
  },
);

test('a node is killed and comes back; the others go on', { timeout: 4 * MINUTES }, async ({ world }) => {
  const { likers, stop } = await underLoad(world);
  const [node] = world.server.nodes;
  for (let i = 0; i < 3; i += 1) {
    await node?.kill();
    await expectGoingOn(likers, 20_000);
    await node?.start();
    await expectGoingOn(likers, 20_000);
  }
  stop();
  await expectPromiseKept(world);
});

test(
  'a node is held still for a minute and goes on with what it knew',
  { timeout: 5 * MINUTES },
  async ({ world }) => {
    const { likers, stop } = await underLoad(world);
    const [node] = world.server.nodes;
    node?.suspend();
    await expectGoingOn(likers, 20_000);
    await after(60_000);
    await expectGoingOn(likers, 20_000);
    node?.resume();
    await expectGoingOn(likers, 20_000);
    stop();
    await expectPromiseKept(world);
  },
);

test(
  'the inbox of a hot author is held by another session: the likes of others go on',
  { timeout: 4 * MINUTES },
  async ({ world }) => {
    const { author, likers, stop } = await underLoad(world);
    const other = await world.person('other');
    const [othersPost] = await other.posts(1);
    await other.tab();
    const holder = spawn('psql', ['-qAt', world.server.postgres.url], { stdio: ['pipe', 'pipe', 'inherit'] });
    holder.stdin.end(`BEGIN; SELECT 'held' FROM inbox WHERE user_id = '${author.userId}' FOR UPDATE;
    SELECT pg_sleep(${HELD_S}); COMMIT;`);
    await once(holder.stdout, 'data');
    const hot = answered(likers);
    const fan = await (await world.person('fan')).tab();
    const began = performance.now();
    fan.like(othersPost as string);
    await fan.acknowledged();
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(holder.exitCode).toBe(null);
    await once(holder, 'exit');
    // Their acknowledgements waited for the lock.
    expect(answered(likers) - hot).toBeLessThan(100);
    await expectGoingOn(likers, 20_000);
    stop();
    await expectPromiseKept(world);
  },
);

test(
  'all nodes are restarted one after the other under 1,000 tabs',
  { timeout: 6 * MINUTES },
  async ({ world }) => {
    const { posts, likers, stop } = await underLoad(world);
    const people = await world.people('reader', 100);
    for (let i = 0; i < 10; i += 1)
      await Promise.all(people.map((person) => person.tab({ showsPosts: false })));
    for (const node of world.server.nodes) {
      expect((await node.terminate()).code).toBe(0);
      await node.start();
      await expectGoingOn(likers, 60_000);
    }
    stop();
    const [reader] = people;
    const tab = [...world.tabs].find(({ userId }) => userId === reader?.userId);
    tab?.like(posts[0] as string);
    await expectPromiseKept(world);
  },
);
