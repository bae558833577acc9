import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;
const MUTED = 'Muted. You will hear no more of this post.';

test('a muted post is counted and no more told of, until it is unmuted', async ({ actor }) => {
  const [alice, otherDevice, bob, carol] = await Promise.all([
    actor('alice'),
    actor('alice'),
    actor('bob'),
    actor('carol'),
  ]);
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');

  await alice.toasts.mute('Bob liked your post');

  await alice.seesToast(MUTED);
  await expect(alice.toasts.saying('Bob liked your post')).toHaveCount(0);
  await expect(alice.page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await alice.page.getByRole('button', { name: 'Undo' }).blur();
  await alice.seesBadge(1);
  await carol.likes(POST);
  for (const device of [alice, otherDevice]) {
    await device.seesNotifications('Carol and 1 other liked your post');
    await expect(device.inbox.items).toContainText('Muted');
    await device.seesBadge(1);
    await device.inbox.close();
  }
  // What could have popped up for Carol would have done so before this.
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  await alice.seesToast('Bob liked your post');
  expect(await alice.toasts.history()).toEqual(['Bob liked your post', MUTED, 'Bob liked your post']);

  await otherDevice.inbox.open();
  await otherDevice.inbox.unmute('Carol and 1 other liked your post');
  await alice.inbox.open();
  await expect(alice.inbox.items.filter({ hasText: 'Muted' })).toHaveCount(0);
  const dave = await actor('dave');
  await dave.likes(POST);
  await alice.seesToast('Dave and 2 others liked your post');
  await alice.seesBadge(2);
});

test('muting in the panel is taken back with Undo, and what was unread is unread', async ({ actor }) => {
  const [alice, bob, carol, dave] = await Promise.all([
    actor('alice'),
    actor('bob'),
    actor('carol'),
    actor('dave'),
  ]);
  await carol.likes(OTHER_POST);
  await alice.seesToast('Carol liked your post');
  await bob.likes(POST);
  await alice.seesNotifications('Bob liked your post', 'Carol liked your post');
  await carol.likes(POST);
  const both = ['Unread: Carol and 1 other liked your post', 'Unread: Carol liked your post'];
  await alice.seesNotifications(...both);

  await alice.inbox.mute('Carol and 1 other liked your post');
  await expect(alice.inbox.items.filter({ hasText: 'Muted' })).toHaveCount(1);
  await alice.toasts.undo(MUTED);

  await expect(alice.inbox.items.filter({ hasText: 'Muted' })).toHaveCount(0);
  await alice.seesNotifications(...both);
  await alice.seesBadge(2);
  await dave.likes(POST);
  await alice.seesToast('Dave and 2 others liked your post');
  await alice.seesBadge(2);
});
