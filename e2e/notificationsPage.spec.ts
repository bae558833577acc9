import { DEMO_POSTS } from './actors.ts';
import type { SeededLike } from './seedNotifications.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const DAY_MS = 24 * 60 * 60_000;
const COUNT = 120;

/** Oldest first: ten a day, up to now; every third unread. */
function twelveDaysOfLikes(): SeededLike[] {
  const now = Date.now();
  return Array.from({ length: COUNT }, (_, i) => {
    const back = COUNT - 1 - i;
    return {
      body: `Thought number ${i + 1}.`,
      from: ['bob', 'carol', 'dave'][i % 3] ?? 'bob',
      at: new Date(now - Math.floor(back / 10) * DAY_MS - back),
      unread: i % 3 === 0,
    };
  });
}

test('all notifications are on one page, by day, as far down as one scrolls, and can be read at once', async ({
  visitor,
  server,
}) => {
  server.seedNotifications('alice', twelveDaysOfLikes());
  const alice = await visitor();
  await alice.logsInAs('alice');
  await alice.seesBadge(COUNT / 3);
  await alice.inbox.open();
  await alice.notifications.open();
  await expect(alice.inbox.panel).toBeHidden();
  const { notifications } = alice;

  await expect(notifications.days.first()).toHaveText('Today');
  await expect(notifications.days.nth(1)).toHaveText('Yesterday');
  await expect(notifications.items.first()).toContainText('Thought number 120.');
  await expect(async () => {
    await notifications.scrollsToTheEnd();
    await expect(notifications.items).toHaveCount(COUNT, { timeout: 500 });
  }).toPass();
  await expect(notifications.days).toHaveCount(12);
  await expect(notifications.items.last()).toContainText('Thought number 1.');
  await expect(notifications.unread).toHaveCount(COUNT / 3);

  await notifications.markAllAsRead();

  await expect(notifications.unread).toHaveCount(0);
  await alice.seesBadge(0);
  await expect(notifications.items).toHaveCount(COUNT);
  expect(server.database.unread('alice')).toEqual({ counter: 0, notifications: 0 });
});

test('older notifications that cannot be fetched can be asked for again', async ({ visitor, server }) => {
  server.seedNotifications('alice', twelveDaysOfLikes());
  const alice = await visitor();
  await alice.page.route('**/api/inbox*', (route) => route.abort());
  await alice.logsInAs('alice');
  await alice.opens('/notifications');
  await expect(alice.notifications.items).toHaveCount(50);
  await alice.notifications.scrollsToTheEnd();
  await expect(alice.notifications.retry).toBeVisible();

  await alice.page.unroute('**/api/inbox*');
  await alice.notifications.retry.click();

  await expect(alice.notifications.items).not.toHaveCount(50);
  await expect(alice.notifications.retry).toBeHidden();
});

test('what is opened on one device is read on the other; an announcement opens where it stands', async ({
  actor,
}) => {
  const [alice, otherDevice, bob] = await Promise.all([actor('alice'), actor('alice'), actor('bob')]);
  const data = { text: `Cake in the kitchen at four. ${'Bring a fork. '.repeat(20)}` };
  expect((await alice.page.context().request.post('/api/announcements', { data })).status()).toBe(201);
  await bob.likes(POST);
  for (const device of [alice, otherDevice]) {
    await device.seesBadge(2);
    await device.inbox.open();
    await device.notifications.open();
    await expect(device.notifications.unread).toHaveCount(2);
  }

  const announcement = alice.notifications.items.filter({ hasText: 'Cake in the kitchen' });
  const folded = (await announcement.boundingBox())?.height ?? 0;
  await announcement.getByRole('button').click();
  await otherDevice.seesBadge(1);
  await expect(alice.notifications.title).toBeVisible();
  expect((await announcement.boundingBox())?.height).toBeGreaterThan(folded);

  await alice.notifications.items.filter({ hasText: 'Bob liked your post' }).getByRole('link').click();

  await expect(alice.feed.posts).toHaveCount(1);
  await expect(alice.feed.post(POST)).toBeVisible();
  await expect(otherDevice.notifications.unread).toHaveCount(0);
  await otherDevice.seesBadge(0);
});

test('the panel is used by keyboard alone, and gives the focus back, or to the page that it leads to', async ({
  visitor,
  server,
}) => {
  server.seedNotifications('alice', twelveDaysOfLikes().slice(-3));
  const alice = await visitor();
  await alice.logsInAs('alice');
  const { keyboard } = alice.page;
  const { inbox } = alice;
  const link = (n: number) => inbox.items.nth(n).getByRole('link');

  await inbox.bell.focus();
  await keyboard.press('Enter');
  await expect(inbox.panel).toBeFocused();
  await keyboard.press('Tab');
  await expect(inbox.panel.getByRole('button', { name: 'Mark all as read' })).toBeFocused();
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await expect(link(0)).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(link(1)).toBeFocused();
  await keyboard.press('End');
  await expect(link(2)).toBeFocused();
  await keyboard.press('Escape');
  await expect(inbox.panel).toBeHidden();
  await expect(inbox.bell).toBeFocused();

  await keyboard.press('Enter');
  await expect(inbox.panel).toBeFocused();
  await link(2).focus();
  await keyboard.press('Enter');
  await expect(alice.feed.posts).toHaveCount(1);
  await expect(alice.feed.post('Thought number 118.')).toBeVisible();
  await expect(alice.page.getByRole('heading', { name: 'Post', exact: true })).toBeFocused();
});
