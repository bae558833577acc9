import { type Actor, DEMO_POSTS } from './actors.ts';
import { violations } from './axe.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const SCREENS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

for (const [device, viewport] of Object.entries(SCREENS)) {
  test(`axe finds nothing on a ${device}, in both themes: login, feed, toast, open panel`, async ({
    actor,
    visitor,
  }) => {
    const [alice, bob] = await Promise.all([visitor({ viewport }), actor('bob')]);
    await alice.opens();
    await expect(alice.page.getByRole('button', { name: 'Continue as Alice' })).toBeVisible();
    await hasNothingAgainst(alice);

    await alice.loginPage.logIn('alice', 'not the password');
    await expect(alice.loginPage.explanation).toBeVisible();
    await hasNothingAgainst(alice);

    await alice.continuesAs('alice');
    await hasNothingAgainst(alice);
    await alice.inbox.open();
    await bob.likes(POST);
    await alice.seesToast('Bob liked your post');
    await expect(alice.inbox.items).toHaveCount(1);
    // A toast stays while the pointer is on it.
    await alice.toasts.saying('Bob liked your post').hover();
    await hasNothingAgainst(alice);
    // The toast was there from the beginning to the end of that.
    await expect(alice.toasts.saying('Bob liked your post')).toBeVisible();
  });
}

test('axe finds nothing on the other pages, in both themes', async ({ visitor, actor }) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await bob.likes(POST);
  await alice.opens('/signup');
  await expect(alice.page.getByRole('textbox', { name: 'Email' })).toBeVisible();
  await hasNothingAgainst(alice);
  await alice.logsInAs('alice');
  await alice.feed.opensPost(POST);
  await expect(alice.page.getByRole('heading', { name: 'Who liked this' })).toBeVisible();
  await hasNothingAgainst(alice);
  for (const [address, heading] of [
    ['/notifications', 'Notifications'],
    ['/settings', 'Settings'],
    ['/nowhere', 'There is no page here'],
  ] as const) {
    await alice.opens(address);
    await expect(alice.page.getByRole('heading', { level: 1, name: heading })).toBeAttached();
    await alice.isLive();
    await hasNothingAgainst(alice);
  }
});

async function hasNothingAgainst(actor: Actor) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await actor.page.emulateMedia({ colorScheme });
    expect(await violations(actor), `${actor.page.url()}, ${colorScheme}`).toEqual([]);
  }
}
