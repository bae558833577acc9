import { expect } from 'vitest';
import { expectPromiseKept } from './oracle.ts';
import { type Tab, test } from './world.ts';

const HOUR_MS = 3_600_000;

test.concurrent.for<[string, number]>([
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
])("the server's clock is set an hour %s", { timeout: 180_000 }, async ([, byMs], { world }) => {
  const author = await world.person('author');
  const posts = await author.posts(6);
  const tab = await author.tab();
  const liker = await (await world.person('liker')).tab();
  for (const postId of posts.slice(0, 3)) liker.like(postId);
  await liker.acknowledged();

  await world.server.moveClock(byMs);
  for (const postId of posts.slice(3)) liker.like(postId);
  await liker.acknowledged();
  await expectPromiseKept(world);
  const newcomer = await author.tab();
  await expectPromiseKept(world);

  expect(tab.journal.alerts.map(({ alert }) => alert.kind)).toEqual(posts.map(() => 'show'));
  const newest = [...newcomer.client.inbox.get().items.values()].toSorted((a, b) => b.seq - a.seq);
  const times = newest.map(({ updatedAt }) => updatedAt);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(Math.abs(newcomer.client.clockOffset.get() - byMs)).toBeLessThan(60_000);
});

test.concurrent.for<[string, number]>([
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
])("a tab's clock is set an hour %s", { timeout: 180_000 }, async ([, byMs], { world }) => {
  const author = await world.person('author');
  const network = await world.proxy();
  const posts = (await author.posts(3)) as [string, string, string];
  let moved = 0;
  const tab = await author.tab({ via: network, now: () => Date.now() + moved });
  const liker = await (await world.person('liker')).tab();
  for (const postId of posts.slice(0, 2)) liker.like(postId);
  await liker.acknowledged();
  await expectPromiseKept(world);

  moved = byMs;
  network.reset();
  await expectPromiseKept(world);
  liker.like(posts[2]);
  await liker.acknowledged();
  await expectPromiseKept(world);

  expect(shown(tab)).toEqual(posts);
  expect(Math.abs(tab.client.clockOffset.get() + byMs)).toBeLessThan(60_000);
});

test.concurrent.for<[string, number]>([
  ['forward', HOUR_MS],
  ['back', -HOUR_MS],
])(
  "a tab's clock is set an hour %s, and who likes again is still not shown again",
  { timeout: 180_000 },
  async ([, byMs], { world }) => {
    const author = await world.person('author');
    const posts = (await author.posts(1)) as [string];
    let moved = 0;
    const tab = await author.tab({ now: () => Date.now() + moved });
    const liker = await (await world.person('liker')).tab();
    for (const liked of [true, false, true]) {
      liker.like(posts[0], liked);
      await liker.acknowledged();
      await expectPromiseKept(world);
      moved = byMs;
    }

    expect(shown(tab)).toEqual(posts);
  },
);

/** The posts of the pop-ups that came, in order. */
function shown({ journal }: Tab): (string | undefined)[] {
  return journal.alerts.flatMap(({ alert }) => (alert.kind === 'show' ? [alert.notification.post?.id] : []));
}
