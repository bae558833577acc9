import { AxeBuilder } from '@axe-core/playwright';
import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const SCREENS = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

for (const [device, viewport] of Object.entries(SCREENS)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing on a ${colorScheme} ${device}: login, feed, toast, open panel`, async ({
      actor,
      visitor,
    }) => {
      const [alice, bob] = await Promise.all([visitor({ viewport, colorScheme }), actor('bob')]);
      await alice.opens();
      await expect(alice.page.getByRole('button', { name: 'Continue as Alice' })).toBeVisible();
      expect(await violations(alice)).toEqual([]);

      await alice.loginPage.logIn('alice', 'not the password');
      await expect(alice.loginPage.explanation).toBeVisible();
      expect(await violations(alice)).toEqual([]);

      await alice.continuesAs('alice');
      expect(await violations(alice)).toEqual([]);
      await alice.inbox.open();
      await bob.likes(POST);
      await alice.seesToast('Bob liked your post');
      await expect(alice.inbox.items).toHaveCount(1);
      // A toast stays while the pointer is on it.
      await alice.toasts.saying('Bob liked your post').hover();
      expect(await violations(alice)).toEqual([]);
      // The toast was there from the beginning to the end of that.
      await expect(alice.toasts.saying('Bob liked your post')).toBeVisible();
    });
  }
}

test('a phone’s page is never wider than the phone', async ({ visitor }) => {
  const alice = await visitor({ viewport: SCREENS.phone });
  const width = () => alice.page.evaluate(() => document.documentElement.scrollWidth);
  await alice.opens();
  expect(await width()).toBe(SCREENS.phone.width);
  await alice.continuesAs('alice');
  expect(await width()).toBe(SCREENS.phone.width);
  await alice.inbox.open();
  expect(await width()).toBe(SCREENS.phone.width);
});

async function violations(actor: Actor) {
  // What is just fading in has too little contrast, for a moment.
  await actor.atRest();
  const found = (await new AxeBuilder({ page: actor.page }).analyze()).violations;
  return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
}
