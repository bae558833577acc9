import type { Locator } from '@playwright/test';
import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const MOST_STEPS = 60;

test('the keyboard alone is enough, from the login to everything being read', async ({ visitor, actor }) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.opens();
  const quickLogin = alice.page.getByRole('button', { name: 'Continue as Alice' });
  await expect(quickLogin).toBeVisible();
  await tabsTo(alice, quickLogin);
  await alice.page.keyboard.press('Enter');
  await alice.isInAs('alice');

  await bob.likes(POST);
  await alice.seesBadge(1);
  await tabsTo(alice, alice.inbox.bell);
  await alice.page.keyboard.press('Enter');
  await expect(alice.inbox.panel).toBeVisible();
  await tabsTo(alice, alice.inbox.panel.getByRole('button', { name: 'Mark all as read' }));
  await alice.page.keyboard.press('Space');
  await alice.seesBadge(0);

  await alice.page.keyboard.press('Escape');
  await expect(alice.inbox.panel).toBeHidden();
  await expect(alice.inbox.bell).toBeFocused();
});

test('the first stop of the keyboard leads past the header', async ({ actor }) => {
  const alice = await actor('alice');
  await alice.page.keyboard.press('Tab');
  await expect(alice.page.getByRole('link', { name: 'Skip to the posts' })).toBeFocused();
  await alice.page.keyboard.press('Enter');
  await expect(alice.page.getByRole('main')).toBeFocused();
});

/** Every stop on the way must be seen to have the focus. */
async function tabsTo(actor: Actor, target: Locator) {
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await actor.page.keyboard.press('Tab');
    const seen = await actor.page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return true;
      const look = getComputedStyle(focused);
      const after = getComputedStyle(focused, '::after');
      return [look, after].some(
        ({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && outlineWidth !== '0px',
      );
    });
    expect(seen, 'the focus can be seen').toBe(true);
  }
  throw new Error(`The focus does not get there in ${MOST_STEPS} steps.`);
}
