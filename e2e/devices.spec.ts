import { DEMO_POSTS } from './actors.ts';
import { expectTruth } from './oracle.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST, THIRD_POST] = DEMO_POSTS.alice;
const TOAST = 'Bob liked your post';

test('what is read on one of three devices is read on all, and pops up on none again', async ({
  actor,
  server,
}) => {
  const [bob, laptop, phone, tablet] = await Promise.all([
    actor('bob'),
    actor('alice'),
    actor('alice'),
    actor('alice'),
  ]);
  const devices = [laptop, phone, tablet];
  await bob.likes(POST);
  await bob.likes(OTHER_POST);
  for (const device of devices) {
    await device.seesBadge(2);
    // Toasts stay while the pointer is on one: those that go now do not go by themselves.
    await device.toasts.saying(TOAST).first().hover();
  }
  await expect(phone.toasts.all).toHaveCount(2);

  await laptop.inbox.open();
  await laptop.inbox.markAllAsRead();

  for (const device of devices) {
    await device.seesBadge(0);
    await device.seesNoToast();
  }
  // What comes next is told on each, and nothing else is: neither what was read, nor who likes it again.
  await bob.unlikes(POST);
  await bob.likes(POST);
  await bob.likes(THIRD_POST);
  for (const device of devices) {
    await device.seesToast(TOAST);
    await device.seesBadge(1);
    await expect.poll(() => device.toasts.history()).toEqual([TOAST, TOAST, TOAST]);
  }
  await laptop.inbox.close();
  await expectTruth(server.database, bob, ...devices);
});
