import { expect, vi } from 'vitest';
import { until } from '../harness.ts';
import { expectPromiseKept } from './oracle.ts';
import { test } from './world.ts';

/** A head every 20 s, and its way. */
const HEALED_WITHIN_MS = 25_000;

test.concurrent(
  '20 resets during 1,000 likes lose and double nothing',
  { timeout: 180_000 },
  async ({ world }) => {
    const author = await world.person('author');
    const posts = await author.posts(50);
    const network = await world.proxy();
    await author.tab({ via: network });
    await author.tab({ via: network });
    const likers = await world.people('liker', 20);
    const tabs = await Promise.all(likers.map((liker) => liker.tab({ via: network })));
    const likes = posts.flatMap((postId) => tabs.map((tab) => () => tab.like(postId)));
    const answered = () => tabs.reduce((sum, { journal }) => sum + journal.acknowledged.length, 0);
    const likeSome = () => likes.splice(0, 25).forEach((like) => like());

    let cut = 0;
    for (let resets = 0; resets < 20; resets += 1) {
      const before = answered();
      likeSome();
      await vi.waitFor(() => expect(answered()).toBeGreaterThan(before), { timeout: 60_000, interval: 5 });
      likeSome();
      cut += network.reset();
    }

    expect(cut).toBeGreaterThan(20);
    expect(likes).toHaveLength(0);
    await expectPromiseKept(world);
    expect(answered()).toBeGreaterThanOrEqual(1_000);
  },
);

test.concurrent('a last push that is lost is seen within 25 s', { timeout: 180_000 }, async ({ world }) => {
  const [author, liker] = [await world.person('author'), await world.person('liker')];
  const network = await world.proxy();
  const [postId] = (await author.posts(1)) as [string];
  const affected = await author.tab({ via: network });
  const other = await author.tab();
  const likerTab = await liker.tab();

  const dropped = network.dropFrame('inbox:changed');
  likerTab.like(postId);
  await likerTab.acknowledged();
  const committedAt = performance.now();
  await dropped;
  await until(other.client.inbox, ({ unread }) => unread === 1);

  // The next head may be due at once, or in 20 s.
  await until(affected.client.inbox, ({ unread }) => unread === 1);
  expect(performance.now() - committedAt).toBeLessThan(HEALED_WITHIN_MS);
  await expectPromiseKept(world);
});

test.concurrent.for<[string, number]>([
  ['a fast network', Infinity],
  ['a network of 4 kB a second', 4_000],
])(
  'a like whose answer is cut off on %s is counted and told once',
  { timeout: 180_000 },
  async ([, bytesPerSecond], { world }) => {
    const [author, liker] = [await world.person('author'), await world.person('liker')];
    const network = await world.proxy();
    const [postId] = (await author.posts(1)) as [string];
    network.throttle(bytesPerSecond);
    const authorTab = await author.tab({ via: network });
    const likerTab = await liker.tab({ via: network });

    const cut = network.cutBeforeAck('like:set');
    likerTab.like(postId);
    await cut;
    expect(likerTab.client.likes.get(postId)).toMatchObject({ liked: true, pending: true });
    await likerTab.acknowledged();

    expect(likerTab.client.likes.get(postId)).toMatchObject({ liked: true, likeCount: 1, pending: false });
    await expectPromiseKept(world);
    expect(authorTab.journal.alerts.map(({ alert }) => alert.kind)).toEqual(['show']);
  },
);
