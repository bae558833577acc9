import type { CDPSession, Worker } from '@playwright/test';
import type { PushMessage } from '@live-likes/contract';
import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

/** As far as it is needed here: these tests know the types of pages alone. */
interface WorkerScope {
  clients: { matchAll(options: { type: 'window'; includeUncontrolled: true }): Promise<unknown[]> };
  registration: ServiceWorkerRegistration;
  NotificationEvent: new (type: string, init: { notification: Notification }) => Event;
  dispatchEvent(event: Event): boolean;
  ExtendableEvent: { prototype: { waitUntil(work: Promise<unknown>): void } };
  /** What the worker does about each push, from `keepPushes` on. */
  pushes: Promise<unknown>[];
}

declare global {
  interface Window {
    subscribed: boolean;
  }
}

const [POST] = DEMO_POSTS.alice;

test.use({ wholeBrowser: true });

test('the worker shows a push when no window is looked at, and a click opens the post and reads it', async ({
  visitor,
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  const context = alice.page.context();
  await context.grantPermissions(['notifications']);
  await alice.logsInAs('alice');
  await bob.likes(POST);
  await alice.seesBadge(1);
  await alice.hasTheAppKept();
  const worker = await theWorker(alice);
  await keepPushes(worker);
  const push = await pushService(alice, server.url);
  const message = await latestMessage(alice);
  const { id } = message.notification;
  /** Shows beside the others, whatever they say. */
  const withId = (other: string) => ({ ...message, notification: { ...message.notification, id: other } });

  // While the page is looked at, it tells of everything itself.
  await push(withId('in view'));
  const elsewhere = await alice.newTab();
  await elsewhere.opens('about:blank');
  await alice.page.goto('about:blank');
  await expect.poll(() => windowsSeenBy(worker)).toBe(0);
  await push(message);
  await push(message);
  await push(withId('the last'));
  // The worker takes pushes side by side: the last one may be shown before the others.
  await hasTaken(worker, 4);
  expect(await shownBy(worker)).toEqual([
    { title: 'Bob liked your post', tag: id },
    { title: 'Bob liked your post', tag: 'the last' },
  ]);

  await alice.opens();
  await alice.isLive();
  await clickOnNotification(worker, id);
  await expect(alice.feed.posts).toHaveCount(1);
  await expect(alice.feed.post(POST)).toBeVisible();
  await alice.seesBadge(0);
  expect(new URL(alice.page.url()).search).toBe('');
});

test('who switches it off and on again at once is still pushed to', async ({ visitor }) => {
  const alice = await visitor({ permissions: ['notifications'] });
  const { page } = alice;
  await page.addInitScript(subscribeSlowly);
  const told: string[] = [];
  await page.route('**/api/push', (route) => {
    told.push(route.request().method());
    return route.fulfill({ status: 204 });
  });
  await page.route('**/api/me', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: { ...((await answer.json()) as object), pushKey: 'AAAA' } });
  });
  await alice.logsInAs('alice');
  await alice.hasTheAppKept();
  await alice.opensSettings();
  await alice.turns('System notifications', 'on');
  await expect.poll(() => told).toEqual(['PUT']);

  await alice.turns('System notifications', 'off');
  await alice.turns('System notifications', 'on');

  await expect.poll(() => told).toEqual(['PUT', 'DELETE', 'PUT']);
  expect(await page.evaluate(() => window.subscribed)).toBe(true);
});

/** Runs in the page before anything else: a push service that takes its time to forget a browser. */
function subscribeSlowly() {
  window.subscribed = false;
  const subscription = {
    endpoint: 'https://push.example/alice',
    async unsubscribe() {
      await new Promise((done) => setTimeout(done, 1_000));
      window.subscribed = false;
    },
  };
  Object.defineProperties(PushManager.prototype, {
    getSubscription: { value: async () => (window.subscribed ? subscription : null) },
    subscribe: {
      value: async () => {
        window.subscribed = true;
        return subscription;
      },
    },
  });
}

/** The one that controls the pages of this browser. */
async function theWorker({ page }: Actor): Promise<Worker> {
  const context = page.context();
  return context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker');
}

/** Delivers as the browser's push service does, after it has decrypted. */
async function pushService({ page }: Actor, origin: string) {
  const browser: CDPSession = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    browser.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (found) resolve(found.registrationId);
    });
  });
  await browser.send('ServiceWorker.enable');
  const registrationId = await registered;
  return (message: PushMessage) =>
    browser.send('ServiceWorker.deliverPushMessage', {
      origin,
      registrationId,
      data: JSON.stringify(message),
    });
}

/** What a server would push of the newest notification. */
async function latestMessage({ page }: Actor): Promise<PushMessage> {
  const answer = await page.context().request.get('/api/inbox');
  const { items, unread } = (await answer.json()) as { items: PushMessage['notification'][]; unread: number };
  return { notification: items[0]!, unread };
}

/** A page that was left is one of them until the browser has told the worker so. */
function windowsSeenBy(worker: Worker) {
  return worker.evaluate(async () => {
    const { clients } = self as unknown as WorkerScope;
    return (await clients.matchAll({ type: 'window', includeUncontrolled: true })).length;
  });
}

function keepPushes(worker: Worker) {
  return worker.evaluate(() => {
    const scope = self as unknown as WorkerScope;
    const { prototype } = scope.ExtendableEvent;
    const { waitUntil } = prototype;
    scope.pushes = [];
    prototype.waitUntil = function (work) {
      scope.pushes.push(work);
      waitUntil.call(this, work);
    };
  });
}

/** Waits until the worker is done with so many pushes: whatever it shows of them is there. */
async function hasTaken(worker: Worker, pushes: number) {
  await expect.poll(() => worker.evaluate(() => (self as unknown as WorkerScope).pushes.length)).toBe(pushes);
  await worker.evaluate(() => Promise.all((self as unknown as WorkerScope).pushes));
}

/** In the order of their tags. */
function shownBy(worker: Worker) {
  return worker.evaluate(async () => {
    const { registration } = self as unknown as WorkerScope;
    const shown = (await registration.getNotifications()).map(({ title, tag }) => ({ title, tag }));
    return shown.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
  });
}

async function clickOnNotification(worker: Worker, tag: string) {
  await worker.evaluate(async (wanted) => {
    const { registration, NotificationEvent, dispatchEvent } = self as unknown as WorkerScope;
    const [notification] = await registration.getNotifications({ tag: wanted });
    if (notification) dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  }, tag);
}
