import { DEMO_POSTS } from './actors.ts';
import { expectTruth } from './oracle.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST, THIRD_POST] = DEMO_POSTS.alice;

test('who comes back is told nothing of what was taken back, or read elsewhere, in the meantime', async ({
  actor,
  server,
}) => {
  const [alice, otherDevice, bob, carol] = await Promise.all([
    actor('alice'),
    actor('alice'),
    actor('bob'),
    actor('carol'),
  ]);
  await alice.looksAway();
  await bob.likes(POST);
  await alice.seesBadge(1);
  await bob.unlikes(POST);
  await alice.seesBadge(0);
  await bob.likes(OTHER_POST);
  await otherDevice.seesNotifications('Bob liked your post');
  await otherDevice.inbox.markAllAsRead();
  await otherDevice.seesBadge(0);
  await alice.seesBadge(0);

  await alice.looksAgain();
  // A toast of the return would stand before that of the next like.
  await bob.likes(THIRD_POST);
  await alice.seesToast('Bob liked your post');
  expect(await alice.toasts.history()).toEqual(['Bob liked your post']);

  await otherDevice.inbox.close();
  await alice.looksAway();
  await carol.likes(POST);
  await carol.likes(OTHER_POST);
  await alice.seesBadge(3);
  await carol.unlikes(POST);
  await alice.seesBadge(2);
  expect(await alice.toasts.history()).toHaveLength(1);
  await alice.looksAgain();

  await alice.seesToast('While you were away: 1 like on 1 post');
  expect(await alice.toasts.history()).toEqual([
    'Bob liked your post',
    'While you were away: 1 like on 1 post',
  ]);
  await expectTruth(server.database, alice, otherDevice, bob, carol);
});
