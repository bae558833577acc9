import { expect } from 'vitest';
import { until } from '../harness.ts';
import { expectPromiseKept } from './oracle.ts';
import { readStored } from './stored.ts';
import { test, type World } from './world.ts';

/** Puts the copy back; what was acknowledged since it was made is gone with the operator's decision. */
async function putBack({ server, tabs }: World, acknowledgedBefore: Map<object, number>) {
  await server.terminate();
  server.putCopyBack();
  for (const { journal } of tabs) journal.acknowledged.length = acknowledgedBefore.get(journal) ?? 0;
  await server.start();
}

test.concurrent.for<[string, boolean]>([
  ['', false],
  [' and its new history overtakes them before they return', true],
])(
  'an older copy of the database is put back under open tabs%s',
  { timeout: 180_000 },
  async ([, overtaken], { world }) => {
    const author = await world.person('author');
    const posts = await author.posts(8);
    const network = await world.proxy();
    const [early, late, after] = await world.people('liker', 3);
    const earlyTab = await early!.tab();
    for (const postId of posts.slice(0, 2)) earlyTab.like(postId);
    await earlyTab.acknowledged();
    await world.server.terminate();
    world.server.copyDatabase();
    const copied = new Map(
      [...world.tabs].map(({ journal }) => [journal, journal.acknowledged.length] as const),
    );
    await world.server.start();

    const tabs = [await author.tab({ via: network }), await author.tab({ via: network })];
    const lateTab = await late!.tab();
    for (const postId of posts.slice(2, 5)) lateTab.like(postId);
    await lateTab.acknowledged();
    for (const { client } of tabs) await until(client.inbox, ({ unread }) => unread === 5);
    lateTab.close();
    const { epoch, cursor } = tabs[0]!.client.inbox.get();

    network.refuse();
    await putBack(world, copied);
    if (overtaken) {
      const afterTab = await after!.tab();
      for (const postId of posts.slice(4)) {
        afterTab.like(postId);
        await afterTab.acknowledged();
      }
    }
    const head = readStored(world.server.database).inboxes.get(author.userId)!.seq;
    expect(head > cursor).toBe(overtaken);
    network.heal();

    await expectPromiseKept(world);
    for (const { client } of tabs) {
      expect(client.inbox.get().epoch).not.toBe(epoch);
      expect(client.inbox.get().unread).toBe(overtaken ? 6 : 2);
    }
  },
);
