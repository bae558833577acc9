import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;

test('a like reaches the author in another browser: toast, badge and count', async ({ actor, server }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);

  await bob.likes(POST);

  await alice.seesToast('Bob liked your post');
  await alice.seesBadge(1);
  await alice.seesCount(POST, 1);
  await bob.seesCount(POST, 1);
  await bob.seesBadge(0);
  await alice.seesNotifications('Bob liked your post');
  expect(server.database.post(POST)).toMatchObject({ likeCount: 1, likedBy: ['bob'] });
});

test('taking a like back takes toast, badge and notification with it', async ({ actor, server }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');

  await bob.unlikes(POST);

  await alice.seesNoToast();
  await alice.seesBadge(0);
  await alice.seesCount(POST, 0);
  await alice.seesNotifications();
  expect(server.database.post(POST)).toMatchObject({ likeCount: 0, likedBy: [] });
});

test('three people who like one post make one toast that grows', async ({ actor }) => {
  const [alice, bob, carol, dave] = await Promise.all([
    actor('alice'),
    actor('bob'),
    actor('carol'),
    actor('dave'),
  ]);

  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');
  // A toast stays while the pointer is on it, however long the others take.
  await alice.toasts.saying('Bob liked your post').hover();
  await carol.likes(POST);
  await alice.seesToast('Carol and 1 other liked your post');
  await dave.likes(POST);
  await alice.seesToast('Dave and 2 others liked your post');

  await expect(alice.toasts.all).toHaveCount(1);
  expect(await alice.toasts.history()).toEqual(['Bob liked your post']);
  await alice.seesBadge(1);
  await alice.seesCount(POST, 3);
  await alice.seesNotifications('Dave and 2 others liked your post');
});

test('a toast leads to its post, which is read then', async ({ actor }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');

  await alice.toasts.saying('Bob liked your post').getByRole('link').click();

  await expect(alice.feed.posts).toHaveCount(1);
  await expect(alice.feed.post(POST)).toBeVisible();
  await alice.seesBadge(0);
  await alice.seesNoToast();
});

test('liking a post of one’s own counts, and tells nobody', async ({ actor }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);

  await alice.likes(POST);
  await bob.seesCount(POST, 1);
  // What Alice is told of next comes after anything that her own like could have caused.
  await bob.likes(DEMO_POSTS.alice[1]);
  await alice.seesToast('Bob liked your post');

  expect(await alice.toasts.history()).toEqual(['Bob liked your post']);
  await alice.seesBadge(1);
});

test('somebody who likes again within minutes brings the badge back, and no second toast', async ({
  actor,
}) => {
  const [alice, bob, carol] = await Promise.all([actor('alice'), actor('bob'), actor('carol')]);
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');
  await bob.unlikes(POST);
  await alice.seesNoToast();
  await alice.seesBadge(0);

  await bob.likes(POST);
  await alice.seesBadge(1);
  await carol.likes(DEMO_POSTS.alice[1]);
  await alice.seesToast('Carol liked your post');

  expect(await alice.toasts.history()).toEqual(['Bob liked your post', 'Carol liked your post']);
  await alice.seesBadge(2);
});
