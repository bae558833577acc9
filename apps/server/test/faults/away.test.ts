import { expect } from 'vitest';
import { openSqlite } from '../../src/storage/sqlite/open.ts';
import { until } from '../harness.ts';
import { expectPromiseKept } from './oracle.ts';
import { addUsers } from './stored.ts';
import { test, type Tab } from './world.ts';

const MISSED = 5_000;
const BATCH = 1_000;

const shows = ({ journal }: Tab) =>
  journal.alerts.flatMap(({ alert }) => (alert.kind === 'show' ? [alert.notification] : []));

test.concurrent(
  '5,000 people like one post while its author is away',
  { timeout: 180_000 },
  async ({ world }) => {
    const author = await world.person('author');
    const network = await world.proxy();
    const [postId] = (await author.posts(1)) as [string];
    const tab = await author.tab({ via: network });
    network.refuse();
    await world.server.terminate();
    const userIds = addUsers(world.server.database, MISSED);
    const storage = await openSqlite(world.server.database);
    while (userIds.length > 0) {
      const batch = userIds.splice(0, BATCH);
      await storage.store.applyLikes(batch.map((userId) => ({ userId, postId, liked: true, op: null })));
    }
    storage.close();
    await world.server.start();

    network.heal();
    tab.client.wake();
    await expectPromiseKept(world);
    expect(shows(tab).map(({ count, newCount }) => [count, newCount])).toEqual([[MISSED, MISSED]]);
    expect(tab.client.inbox.get().unread).toBe(1);
  },
);

test.concurrent(
  '50 people like 100 posts while their author is away',
  { timeout: 180_000 },
  async ({ world }) => {
    const author = await world.person('author');
    const network = await world.proxy();
    const posts = await author.posts(100);
    const tab = await author.tab({ via: network });
    const people = await world.people('liker', 50);
    const likers = await Promise.all(people.map((liker) => liker.tab({ showsPosts: false })));
    network.refuse();
    await until(tab.client.connection, (state) => state === 'offline');
    for (const liker of likers) for (const postId of posts) liker.like(postId);
    await Promise.all(likers.map((liker) => liker.acknowledged()));

    const before = shows(tab).length;
    network.heal();
    tab.client.wake();
    await until(tab.client.inbox, ({ unread }) => unread === 100);

    await expectPromiseKept(world);
    const told = shows(tab).slice(before);
    expect(told.length).toBeLessThanOrEqual(100);
    expect(new Set(told.map(({ post }) => post?.id)).size).toBe(told.length);
  },
);
