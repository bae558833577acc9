import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST, THIRD_POST] = DEMO_POSTS.alice;
const TOAST = 'Bob liked your post';
/** What shows toasts: fetched with the first one. */
const PART = /assets\/ToastStack/;
/** What is in one that tells of a like. */
const CONTENT = /assets\/NotificationToast/;

test('a toast waits while the pointer or the focus is on it, and goes when they are gone', async ({
  visitor,
  actor,
}) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.page.clock.install();
  await alice.logsInAs('alice');
  const toast = alice.toasts.saying(TOAST);

  await bob.likes(POST);
  await toast.hover();
  await halfAMinutePasses(alice);
  await expect(toast).toBeVisible();
  await alice.page.mouse.move(0, 0);
  await halfAMinutePasses(alice);
  await alice.seesNoToast();

  await bob.likes(OTHER_POST);
  await toast.getByRole('link').focus();
  await halfAMinutePasses(alice);
  await expect(toast).toBeVisible();
  await toast.getByRole('link').blur();
  await halfAMinutePasses(alice);
  await alice.seesNoToast();
  await alice.seesBadge(2);
});

test('a toast that waits goes on waiting when another one goes', async ({ visitor, actor }) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.page.clock.install();
  await alice.logsInAs('alice');
  await bob.likes(POST);
  await alice.seesToast(TOAST);
  await alice.toasts.all.first().getByRole('link').focus();
  await bob.likes(OTHER_POST);
  await expect(alice.toasts.all).toHaveCount(2);

  // The pointer rests on one while the focus is on the other.
  await alice.toasts.all.first().hover();
  await alice.page.mouse.move(0, 0);
  await bob.unlikes(OTHER_POST);
  await expect(alice.toasts.all).toHaveCount(1);
  await halfAMinutePasses(alice);
  await expect(alice.toasts.all).toHaveCount(1);

  await alice.toasts.all.getByRole('link').blur();
  await halfAMinutePasses(alice);
  await alice.seesNoToast();
});

test('whoever closes toasts by keyboard goes on with the next one, and then from where they came', async ({
  actor,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await alice.page.keyboard.press('j');
  await expect(alice.feed.post(POST)).toBeFocused();
  await bob.likes(POST);
  await alice.seesToast(TOAST);
  await bob.likes(OTHER_POST);
  await expect(alice.toasts.all).toHaveCount(2);

  await alice.toasts.closeButtons.first().focus();
  await alice.page.keyboard.press('Enter');
  await expect(alice.toasts.all).toHaveCount(1);
  await expect(alice.toasts.all.getByRole('link')).toBeFocused();
  await alice.page.keyboard.press('Tab');
  await alice.page.keyboard.press('Tab');
  await expect(alice.toasts.closeButtons).toBeFocused();
  await alice.page.keyboard.press('Enter');
  await expect(alice.toasts.all).toHaveCount(0);
  await expect(alice.feed.post(POST)).toBeFocused();
});

test('a deletion can be undone, however many toasts are newer', async ({ visitor, actor }) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.page.clock.install();
  await alice.logsInAs('alice');
  await alice.posts('To be deleted.');
  await alice.feed.post('To be deleted.').getByRole('button', { name: 'Delete post' }).click();
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await alice.seesToast('Post deleted');
  for (const post of [POST, OTHER_POST, THIRD_POST]) await bob.likes(post);

  await expect(alice.page.getByText('+1 more')).toBeVisible();
  await alice.toasts.undo('Post deleted');
  await expect(alice.feed.post('To be deleted.')).toBeVisible();
});

test('toasts whose part cannot be fetched come when it can be, once, and without those that were taken back', async ({
  visitor,
  actor,
}) => {
  // The worker would have it already.
  const [alice, bob] = await Promise.all([visitor({ serviceWorkers: 'block' }), actor('bob')]);
  const errors: Error[] = [];
  alice.page.on('pageerror', (error) => errors.push(error));
  await alice.page.route(PART, (route) => route.abort());
  await alice.logsInAs('alice');
  let tries = 0;
  alice.page.on('requestfailed', (request) => (tries += Number(PART.test(request.url()))));

  await bob.likes(POST);
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  await bob.unlikes(OTHER_POST);
  await alice.seesBadge(1);
  await expect.poll(() => tries).toBeGreaterThan(2);
  await alice.page.unroute(PART);
  await alice.seesToast(TOAST);
  await bob.likes(THIRD_POST);
  await expect(alice.toasts.all).toHaveCount(2);
  expect(await alice.toasts.history()).toEqual([TOAST, TOAST]);
  expect(errors).toEqual([]);
});

for (const isTakenBack of [false, true]) {
  const ending = isTakenBack ? 'when the first is taken back' : 'in the order in which they were to';
  test(`toasts whose parts come in another order pop up ${ending}`, async ({ visitor, actor }) => {
    const [alice, bob] = await Promise.all([visitor({ serviceWorkers: 'block' }), actor('bob')]);
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await alice.page.route(CONTENT, async (route) => {
      await released;
      await route.continue();
    });
    await alice.logsInAs('alice');
    await alice.posts('To be deleted.');
    const asked = alice.page.waitForRequest(CONTENT);
    await bob.likes(POST);
    await asked;
    await alice.feed.post('To be deleted.').getByRole('button', { name: 'Delete post' }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(alice.feed.post('To be deleted.')).toHaveCount(0);

    if (isTakenBack) await bob.unlikes(POST);
    else release();
    await alice.seesToast('Post deleted');
    expect(await alice.toasts.links()).toHaveLength(isTakenBack ? 0 : 1);
    expect(await alice.toasts.history()).toEqual([
      ...(isTakenBack ? [] : [TOAST]),
      expect.stringContaining('Post deleted'),
    ]);
    release();
  });
}

test('without a worker what shows toasts is there before it is wanted', async ({ visitor, actor }) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  const part = alice.page.waitForResponse(PART);
  await alice.logsInAs('alice');
  await (await part).finished();
  await alice.page.route(PART, (route) => route.abort());
  await bob.likes(POST);
  await alice.seesToast(TOAST);
});

test('a toast that waits for its part goes with the login, and the next person sees nothing of it', async ({
  visitor,
  actor,
}) => {
  const [alice, carol] = await Promise.all([visitor({ serviceWorkers: 'block' }), actor('carol')]);
  await alice.page.route(PART, (route) => route.abort());
  await alice.logsInAs('alice');
  const failed = alice.page.waitForEvent('requestfailed', (request) => PART.test(request.url()));
  await carol.likes(POST);
  await failed;
  await alice.logsOut('Alice');
  await alice.page.unroute(PART);

  const bob = alice;
  await bob.loginPage.continueAs('Bob');
  await bob.isInAs('bob');
  await carol.likes(DEMO_POSTS.bob[0]);
  await bob.seesToast('Carol liked your post');
  expect(await bob.toasts.popUps()).toHaveLength(1);
});

async function halfAMinutePasses({ page }: Actor) {
  // A toast whose time is over goes in two steps.
  await page.clock.fastForward(20_000);
  await page.clock.fastForward(10_000);
}
