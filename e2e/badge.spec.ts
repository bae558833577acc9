import type { Page } from '@playwright/test';
import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;

declare global {
  interface Window {
    /** What the icon of the installed app says; 0: nothing. */
    appBadge: number;
  }
}

test('the unread number is on the title, on the icon of the tab and on the app, and goes with the reading', async ({
  visitor,
  actor,
}) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.page.addInitScript(standInForAppBadge);
  await alice.logsInAs('alice');
  await seesNumber(alice, 0);

  await bob.likes(POST);
  await seesNumber(alice, 1);
  await bob.likes(OTHER_POST);
  await seesNumber(alice, 2);
  await bob.unlikes(OTHER_POST);
  await seesNumber(alice, 1);

  await alice.page.reload();
  await seesNumber(alice, 1);
  await alice.inbox.open();
  await alice.inbox.markAllAsRead();
  await seesNumber(alice, 0);

  await bob.likes(OTHER_POST);
  await seesNumber(alice, 1);
  await alice.inbox.close();
  await alice.opensSettings();
  await expect(alice.page).toHaveTitle('(1) Settings · Live Likes');
  await alice.logsOut('Alice');
  await seesNumber(alice, 0);
});

async function seesNumber({ page }: Actor, unread: number) {
  await expect(page).toHaveTitle(unread === 0 ? 'Live Likes' : `(${unread}) Live Likes`);
  await expect.poll(() => numberOnIcon(page)).toBe(unread);
  await expect.poll(() => page.evaluate(() => window.appBadge)).toBe(unread);
}

/** Of the icon that the tab has now, as it is fetched and drawn by the browser. */
function numberOnIcon(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    const icon = new Image();
    icon.src = link?.href ?? '';
    await icon.decode();
    const svg = icon.src.startsWith('data:') ? decodeURIComponent(icon.src) : '';
    return Number(/>(\d+)<\/text>/.exec(svg)?.[1] ?? 0);
  });
}

function standInForAppBadge() {
  window.appBadge = 0;
  navigator.setAppBadge = async (unread = 0) => void (window.appBadge = unread);
  navigator.clearAppBadge = async () => void (window.appBadge = 0);
}
