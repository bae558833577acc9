import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;

test('reloading the page keeps badge and inbox', async ({ actor }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await alice.seesBadge(1);

  await alice.page.reload();

  await alice.isLive();
  await alice.seesBadge(1);
  await alice.seesCount(POST, 1);
  await alice.seesNotifications('Bob liked your post');
});

test('a like that comes while the author’s window is closed is in the inbox when it opens', async ({
  actor,
  visitor,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  const storageState = await alice.page.context().storageState();
  await alice.page.context().browser()?.close();

  await bob.likes(POST);
  await bob.hasConfirmed(1);

  const aliceAgain = await visitor({ storageState });
  await aliceAgain.opens();
  await aliceAgain.isLive();
  await aliceAgain.seesBadge(1);
  await aliceAgain.seesCount(POST, 1);
  await aliceAgain.seesNotifications('Bob liked your post');
});

test('marking all as read clears the badge, here and after a reload', async ({ actor, server }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  await alice.seesNotifications('Bob liked your post', 'Bob liked your post');

  await alice.inbox.markAllAsRead();

  await alice.seesBadge(0);
  await alice.seesNoToast();
  await alice.seesNotifications('Bob liked your post', 'Bob liked your post');
  expect(server.database.unread('alice')).toEqual({ counter: 0, notifications: 0 });
  await alice.page.reload();
  await alice.isLive();
  await alice.seesBadge(0);
});

test('who reads while somebody else likes is alerted of that one alone', async ({ actor }) => {
  const [alice, bob, carol] = await Promise.all([actor('alice'), actor('bob'), actor('carol')]);
  await bob.likes(POST);
  await alice.seesNotifications('Bob liked your post');
  await alice.inbox.markAllAsRead();
  await alice.seesBadge(0);

  await carol.likes(POST);

  await alice.seesToast('Carol and 1 other liked your post');
  await alice.seesBadge(1);
});

test('two tabs of one person agree: badge, likes, what is read', async ({ actor }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  const secondTab = await alice.opensAnotherTab();
  const [bobsPost] = DEMO_POSTS.bob;

  await bob.likes(POST);
  await alice.seesBadge(1);
  await secondTab.seesBadge(1);
  await secondTab.seesCount(POST, 1);

  await alice.likes(bobsPost);
  await secondTab.seesLike(bobsPost, true);
  await secondTab.seesCount(bobsPost, 1);
  await secondTab.unlikes(bobsPost);
  await alice.seesLike(bobsPost, false);
  await alice.seesCount(bobsPost, 0);

  await secondTab.inbox.open();
  await secondTab.inbox.markAllAsRead();
  await secondTab.seesBadge(0);
  await alice.seesBadge(0);
});

test('who comes back to a hidden tab is told in one sentence', async ({ actor }) => {
  const [alice, bob, carol] = await Promise.all([actor('alice'), actor('bob'), actor('carol')]);
  await alice.looksAway();

  await bob.likes(POST);
  await carol.likes(POST);
  await carol.likes(OTHER_POST);
  await alice.seesBadge(2);
  await alice.seesCount(POST, 2);
  expect(await alice.toasts.history()).toEqual([]);
  await alice.looksAgain();

  await alice.seesToast('While you were away: 3 likes on 2 posts');
  expect(await alice.toasts.history()).toHaveLength(1);
});
