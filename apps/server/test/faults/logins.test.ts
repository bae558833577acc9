import { setTimeout as lasting } from 'node:timers/promises';
import { expect } from 'vitest';
import { until } from '../harness.ts';
import { expectPromiseKept } from './oracle.ts';
import { readStored } from './stored.ts';
import { test } from './world.ts';

/** Longer than any client waits between two tries: one that still goes on would have come back. */
const LONGEST_WAIT_MS = 8_000;

test.concurrent.for<[string, boolean]>([
  ['after a log-out', true],
  ['in another tab', false],
])(
  'a like that waits is never sent as who logs in %s',
  { timeout: 180_000 },
  // The `expect` of all knows one running test.
  async ([, loggedOut], { world, expect: expectHere }) => {
    const [author, bob, carol] = [
      await world.person('author'),
      await world.person('bob'),
      await world.person('carol'),
    ];
    const network = await world.proxy();
    const [waiting, carols] = (await author.posts(2)) as [string, string];
    await author.tab();
    const bobTab = await bob.tab({ via: network });

    network.refuse();
    await until(bobTab.client.connection, (state) => state === 'offline');
    bobTab.like(waiting);
    expect(bobTab.client.likes.get(waiting)).toMatchObject({ liked: true, pending: true });
    if (loggedOut) bobTab.close();
    else bob.headers.cookie = carol.headers.cookie;
    network.heal();
    const ended = loggedOut ? null : 'another user is logged in';
    await expectHere.poll(() => bobTab.journal.ended, { timeout: 60_000 }).toBe(ended);
    bobTab.close();
    const everybodyTriedAgain = lasting(LONGEST_WAIT_MS);
    const carolTab = await carol.tab({ via: network });
    carolTab.like(carols);
    await carolTab.acknowledged();
    await everybodyTriedAgain;

    await expectPromiseKept(world);
    expect([...readStored(world.server.database).likes]).toEqual([`${carols} ${carol.userId}`]);
    expect(bobTab.journal.acknowledged).toEqual([]);
  },
);

test.concurrent(
  'of three devices one marks as read, and all three are quiet',
  { timeout: 180_000 },
  async ({ world }) => {
    const author = await world.person('author');
    const network = await world.proxy();
    const posts = await author.posts(3);
    const [phone, tablet, desk] = [
      await author.tab(),
      await author.tab({ via: network }),
      await author.tab(),
    ];
    const likers = await Promise.all((await world.people('liker', 4)).map((liker) => liker.tab()));

    for (const liker of likers) for (const postId of posts) liker.like(postId);
    await Promise.all(likers.map((liker) => liker.acknowledged()));
    await expectPromiseKept(world);
    expect([phone, tablet, desk].map(({ client }) => client.inbox.get().unread)).toEqual([3, 3, 3]);
    network.refuse();
    await until(tablet.client.connection, (state) => state === 'offline');

    const told = desk.journal.alerts.length;
    await phone.client.markRead({ upTo: phone.client.inbox.get().cursor });
    await until(desk.client.inbox, ({ unread }) => unread === 0);
    network.heal();

    await expectPromiseKept(world);
    expect([phone, tablet, desk].map(({ client }) => client.inbox.get().unread)).toEqual([0, 0, 0]);
    const after = [desk.journal, tablet.journal].map(({ alerts }) => alerts.slice(told));
    for (const alerts of after) expect(alerts.filter(({ alert }) => alert.kind !== 'dismiss')).toEqual([]);
    const dismissed = desk.journal.alerts.slice(told).map(({ alert }) => alert.kind);
    expect(dismissed).toEqual(['dismiss', 'dismiss', 'dismiss']);
  },
);
