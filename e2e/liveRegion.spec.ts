import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const POSTS = DEMO_POSTS.alice;
const APART_MS = 2_000;
/** The observer hears of a change a moment after it was made. */
const LATE_MS = 100;

interface Said {
  text: string;
  at: number;
}
declare global {
  interface Window {
    said: Said[];
  }
}

test('however many likes come, a screen reader is told at most once in two seconds, and nothing twice', async ({
  visitor,
  actor,
}) => {
  const [alice, bob, carol, dave] = [
    await visitor(),
    ...(await Promise.all([actor('bob'), actor('carol'), actor('dave')])),
  ];
  await alice.page.addInitScript(writeDownWhatIsSaid);
  await alice.logsInAs('alice');

  for (const [before, liker] of [bob, carol, dave].entries()) {
    for (const post of POSTS) await liker.likes(post);
    await expect.poll(() => told(alice)).toBe((before + 1) * POSTS.length);
  }

  const all = await said(alice);
  expect(all.at(-1)?.text).toContain('Latest from Dave. 3 unread.');
  const gaps = all.slice(1).map(({ at }, i) => at - (all[i]?.at ?? 0));
  expect(gaps.filter((gap) => gap < APART_MS - LATE_MS)).toEqual([]);
  // Each tells of everything that came since the one before.
  expect(all.length).toBeLessThan(9);
  // What the toasts show has been said by then, so they are silent.
  await expect(alice.toasts.all).toHaveCount(3);
  expect(await alice.toasts.all.evaluateAll((toasts) => toasts.map((toast) => toast.ariaLive))).toEqual(
    POSTS.map(() => 'off'),
  );
  expect(all.filter(({ text }) => text.includes('liked your post'))).toEqual([]);
});

test('what was done, and new posts, are told by the same voice', async ({ visitor, actor }) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.page.addInitScript(writeDownWhatIsSaid);
  await alice.logsInAs('alice');

  for (let i = 1; i <= 3; i += 1) await bob.posts(`Post number ${i}.`);
  await expect.poll(async () => (await said(alice)).at(-1)?.text).toBe('3 new posts');
  await alice.feed.post(POSTS[0]).getByRole('button', { name: 'Delete post' }).click();
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect.poll(async () => (await said(alice)).at(-1)?.text).toBe('Post deleted');

  const all = await said(alice);
  const gaps = all.slice(1).map(({ at }, i) => at - (all[i]?.at ?? 0));
  expect(gaps.filter((gap) => gap < APART_MS - LATE_MS)).toEqual([]);
  await expect(alice.toasts.saying('Post deleted')).toHaveAttribute('aria-live', 'off');
});

/** How many pieces of news a screen reader was told of. */
async function told(actor: Actor): Promise<number> {
  const counts = (await said(actor)).map(({ text }) => Number(/^(\d+) new notification/.exec(text)?.[1]));
  return counts.reduce((sum, count) => sum + count, 0);
}

const said = (actor: Actor): Promise<Said[]> => actor.page.evaluate(() => window.said);

/** In the page: all that regions announce which are not silent, as a screen reader would be told of it. */
function writeDownWhatIsSaid() {
  window.said = [];
  const LIVE = '[aria-live], [role=status], [role=alert]';
  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      const come = type === 'characterData' ? [target] : [...addedNodes];
      const added = come.filter((node) => node.textContent?.trim());
      const region = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
      const speaks = region && region.getAttribute('aria-live') !== 'off';
      if (speaks && added.length > 0) {
        window.said.push({ text: added.map((node) => node.textContent).join(' '), at: performance.now() });
      }
      for (const node of added) {
        if (!(node instanceof Element)) continue;
        const inner = [node, ...node.querySelectorAll(LIVE)].filter((element) => element.matches(LIVE));
        for (const status of inner) {
          if (status.getAttribute('aria-live') !== 'off' && status.textContent) {
            window.said.push({ text: status.textContent, at: performance.now() });
          }
        }
      }
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
}
