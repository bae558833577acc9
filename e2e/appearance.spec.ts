import type { Actor } from './actors.ts';
import { expect, test } from './test.ts';

const LIGHT = 'rgb(251, 248, 247)';
const DARK = 'rgb(20, 17, 20)';

declare global {
  interface Window {
    /** What was chosen for the page when it had nothing to show yet. */
    themeAtFirst: string | undefined;
  }
}

/** Runs in the page before anything else: an empty page has no body yet, and nothing is painted before there is one. */
function keepTheme() {
  new MutationObserver((_changes, observer) => {
    if (!document.body) return;
    window.themeAtFirst = document.documentElement.dataset['theme'];
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

async function sees(tab: Actor, background: string) {
  await expect(tab.page.locator('body')).toHaveCSS('background-color', background);
  // The colour of the browser's own bar goes along.
  const bar = () =>
    tab.page.evaluate(() => {
      const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')];
      const probe = document.createElement('i');
      probe.style.color = metas.find(({ media }) => matchMedia(media).matches)?.content ?? '';
      return probe.style.color;
    });
  await expect.poll(bar).toBe(background);
}

test('light or dark is chosen for all tabs at once, and is there before anything is shown', async ({
  visitor,
}) => {
  const alice = await visitor({ colorScheme: 'dark' });
  await alice.page.context().addInitScript(keepTheme);
  await alice.logsInAs('alice');
  const otherTab = await alice.opensAnotherTab();
  await sees(alice, DARK);

  await alice.opensSettings();
  await expect(alice.settings.appearance('System')).toBeChecked();
  await alice.settings.appearance('Light').check({ force: true });
  await sees(alice, LIGHT);
  await sees(otherTab, LIGHT);

  await alice.page.reload();
  await expect(alice.settings.appearance('Light')).toBeChecked();
  expect(await alice.page.evaluate(() => window.themeAtFirst)).toBe('light');
  await sees(alice, LIGHT);

  await otherTab.opensSettings();
  await otherTab.settings.appearance('System').check({ force: true });
  await sees(otherTab, DARK);
  await sees(alice, DARK);
  await expect(alice.settings.appearance('System')).toBeChecked();
  await alice.page.emulateMedia({ colorScheme: 'light' });
  await sees(alice, LIGHT);
  await alice.settings.appearance('Dark').check({ force: true });
  await sees(alice, DARK);
});
