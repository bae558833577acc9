import { setTimeout as lasting } from 'node:timers/promises';
import { expect } from 'vitest';
import { until } from '../harness.ts';
import { expectPromiseKept } from './oracle.ts';
import type { Direction } from './proxy.ts';
import { test } from './world.ts';

/** How long the fault lasts: longer than it takes either end to give a silent connection up. */
const FAULT_MS = 60_000;
const TIMEOUT_MS = 240_000;

test.concurrent.for<[string, Direction]>([
  ['nothing reaches the server', 'toServer'],
  ['nothing comes back', 'toClient'],
])('60 s in which %s lose and double nothing', { timeout: TIMEOUT_MS }, async ([, direction], { world }) => {
  const [author, away, liker] = [
    await world.person('author'),
    await world.person('away'),
    await world.person('liker'),
  ];
  const network = await world.proxy();
  const [mine, theirs, retracted] = (await author.posts(3)) as [string, string, string];
  const authorTab = await author.tab({ via: network });
  await author.tab();
  const awayTab = await away.tab({ via: network });
  const likerTab = await liker.tab();

  network.swallow(direction);
  const over = lasting(FAULT_MS);
  awayTab.like(mine);
  likerTab.like(theirs);
  await likerTab.acknowledged();
  for (const { client } of [awayTab, authorTab]) {
    await until(client.connection, (state) => state === 'offline');
  }
  likerTab.like(retracted);
  await likerTab.acknowledged();
  likerTab.like(retracted, false);
  await likerTab.acknowledged();
  expect(awayTab.journal.acknowledged).toEqual([]);
  await over;
  network.heal();

  await expectPromiseKept(world);
  expect(awayTab.journal.acknowledged.map(({ postId }) => postId)).toContain(mine);
  const shows = authorTab.journal.alerts.flatMap(({ alert }) =>
    alert.kind === 'show' ? alert.notification : [],
  );
  expect(new Set(shows.map(({ post }) => post?.id))).toEqual(new Set([mine, theirs]));
});

test.concurrent(
  'a server that stood still for 60 s has lost nothing',
  { timeout: TIMEOUT_MS },
  async ({ world }) => {
    const author = await world.person('author');
    const posts = await author.posts(10);
    const authorTab = await author.tab();
    const likers = await Promise.all((await world.people('liker', 5)).map((liker) => liker.tab()));
    for (const liker of likers) for (const postId of posts.slice(0, 5)) liker.like(postId);
    await Promise.all(likers.map((liker) => liker.acknowledged()));

    world.server.suspend();
    const over = lasting(FAULT_MS);
    for (const liker of likers) for (const postId of posts.slice(5)) liker.like(postId);
    await until(authorTab.client.connection, (state) => state === 'offline');
    await over;
    world.server.resume();

    await expectPromiseKept(world);
    await Promise.all(likers.map((liker) => liker.acknowledged()));
    expect(authorTab.client.inbox.get().unread).toBe(10);
  },
);
