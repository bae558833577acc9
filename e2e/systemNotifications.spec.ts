import type { Actor } from './actors.ts';
import { DEMO_POSTS } from './actors.ts';
import { keepSystemNotes } from './systemNotes.ts';
import { expect, test as base } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;

/** `alice`: at a browser that may show notifications of the system. */
const test = base.extend<{ alice: Actor }>({
  alice: async ({ visitor }, use) => {
    // Those of the worker have a life of their own, which a test cannot see.
    const alice = await visitor({ permissions: ['notifications'], serviceWorkers: 'block' });
    await alice.page.context().addInitScript(keepSystemNotes);
    await alice.logsInAs('alice');
    await use(alice);
  },
});

test.use({ wholeBrowser: true });

const notes = async (...tabs: Actor[]) =>
  (await Promise.all(tabs.map((tab) => tab.page.evaluate(() => window.systemNotes)))).flat();
const titles = async (...tabs: Actor[]) => (await notes(...tabs)).map(({ title }) => title);

test('of two hidden tabs one speaks through the system; one that is in view shows toasts instead', async ({
  alice,
  actor,
}) => {
  const [bob, carol] = await Promise.all([actor('bob'), actor('carol')]);
  const otherTab = await alice.opensAnotherTab();
  await alice.opensSettings();
  await alice.turns('System notifications', 'on');

  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');
  await otherTab.seesBadge(1);
  // One tab in view is enough.
  await alice.looksAway();
  await bob.likes(OTHER_POST);
  await otherTab.seesBadge(2);
  await alice.seesBadge(2);
  expect(await titles(alice, otherTab)).toEqual([]);

  await otherTab.looksAway();
  await carol.likes(POST);
  await expect.poll(() => titles(alice, otherTab)).toEqual(['Carol and 1 other liked your post']);
  await carol.likes(OTHER_POST);
  await expect.poll(() => titles(alice, otherTab)).toHaveLength(2);
  const tags = (await notes(alice, otherTab)).map(({ tag }) => tag);
  expect(new Set(tags).size).toBe(2);

  // The one that spoke is closed: the other takes its place.
  const [speaker, listener] = (await titles(alice)).length > 0 ? [alice, otherTab] : [otherTab, alice];
  expect(await titles(listener)).toEqual([]);
  await speaker.page.close();
  await carol.unlikes(POST);
  await bob.unlikes(POST);
  await listener.seesBadge(1);
  await carol.likes(DEMO_POSTS.alice[2]);
  await expect.poll(() => titles(listener)).toEqual(['Carol liked your post']);
  await listener.looksAgain();
  await expect(listener.toasts.saying('While you were away')).toBeVisible();
});

test('one of the system says the latest, opens its post, and is read then', async ({ alice, actor }) => {
  const [bob, carol] = await Promise.all([actor('bob'), actor('carol')]);
  await alice.opensSettings();
  await alice.turns('System notifications', 'on');
  const shown = await alice.page.evaluateHandle(() => {
    const open = new Map<string, Notification>();
    const { Notification: own } = window;
    window.Notification = new Proxy(own, {
      construct(target, args: [string, NotificationOptions]) {
        const notification = new target(...args);
        open.set(notification.tag, notification);
        notification.addEventListener('close', () => {
          if (open.get(notification.tag) === notification) open.delete(notification.tag);
        });
        return notification;
      },
    });
    return open;
  });
  const words = () => shown.evaluate((open) => [...open.values()].map(({ title }) => title));
  await alice.looksAway();
  await bob.likes(POST);
  await expect.poll(words).toEqual(['Bob liked your post']);
  await carol.likes(POST);
  await expect.poll(words).toEqual(['Carol and 1 other liked your post']);
  await carol.unlikes(POST);
  await expect.poll(words).toEqual(['Bob liked your post']);
  // Taken back, it goes.
  await bob.likes(OTHER_POST);
  await expect.poll(words).toHaveLength(2);
  await bob.unlikes(OTHER_POST);
  await expect.poll(words).toHaveLength(1);

  await shown.evaluate((open) => [...open.values()][0]?.dispatchEvent(new Event('click')));

  await expect(alice.feed.posts).toHaveCount(1);
  await expect(alice.feed.post(POST)).toBeVisible();
  await alice.seesBadge(0);
  await expect.poll(words).toEqual([]);
});

test('permission is asked for by a click on the switch alone; a no is explained', async ({
  visitor,
  actor,
}) => {
  const [alice, otherDevice] = await Promise.all([visitor(), actor('alice')]);
  await alice.page.addInitScript(keepSystemNotes);
  await alice.page.addInitScript(() => {
    let permission: NotificationPermission = 'default';
    Object.defineProperties(Notification, {
      permission: { get: () => permission },
      requestPermission: { value: async () => (permission = 'denied') },
    });
  });
  await alice.logsInAs('alice');
  await alice.opensSettings();
  await alice.seesSwitch('System notifications', 'off');
  expect(await alice.page.evaluate(() => window.permissionAsked)).toBe(0);

  await alice.settings.switch('System notifications').click();

  await expect(alice.page.getByText('This browser blocks them.')).toBeVisible();
  await alice.seesSwitch('System notifications', 'off');
  expect(await alice.page.evaluate(() => window.permissionAsked)).toBe(1);
  await otherDevice.opensSettings();
  await otherDevice.seesSwitch('System notifications', 'off');
});

test('whoever allows them in one more browser is at their switch then', async ({ visitor }) => {
  const [alice, otherDevice] = await Promise.all([visitor(), visitor()]);
  for (const { page } of [alice, otherDevice]) {
    await page.addInitScript(() => {
      let permission: NotificationPermission = 'default';
      Object.defineProperties(Notification, {
        permission: { get: () => permission },
        requestPermission: { value: async () => (permission = 'granted') },
      });
    });
  }
  for (const device of [alice, otherDevice]) {
    await device.logsInAs('alice');
    await device.opensSettings();
  }
  await alice.turns('System notifications', 'on');
  await otherDevice.page.getByRole('button', { name: 'Allow here' }).press('Enter');

  await expect(otherDevice.page.getByText('Allowed in this browser.')).toBeVisible();
  await expect(otherDevice.settings.switch('System notifications')).toBeFocused();
});
