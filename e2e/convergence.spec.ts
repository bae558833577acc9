import { type Actor, DEMO_POSTS } from './actors.ts';
import { chance, seeded } from './chance.ts';
import { expect, test } from './test.ts';

const CLICKS_EACH = 100;
/** Under a pointer that is pressed a post may move on a busy machine: such a click hits nothing. */
const MOST_MISSED = 5;

declare global {
  interface Window {
    /** What the posts say whose hearts were clicked, one by one. */
    clickedHearts: string[];
  }
}

test('after 200 random clicks in two browsers all screens equal the database', async ({ actor, server }) => {
  // 200 clicks of a real pointer, each on a button that must be scrolled to: slow on a busy machine.
  test.setTimeout(180_000);
  const { seed } = chance();
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);

  const [alices, bobs] = await Promise.all([
    clickAtRandom(alice, DEMO_POSTS.bob, seeded(seed)),
    clickAtRandom(bob, DEMO_POSTS.alice, seeded(seed + 1)),
  ]);

  const liked = { alice: alices, bob: bobs };
  for (const screen of [alice, bob]) {
    for (const post of [...DEMO_POSTS.alice, ...DEMO_POSTS.bob]) {
      const count = Number(liked.alice.has(post)) + Number(liked.bob.has(post));
      await test.step(`seed ${seed}: ${post}`, async () => {
        await screen.seesCount(post, count);
        await screen.seesLike(post, (screen === alice ? liked.alice : liked.bob).has(post));
      });
    }
  }
  await alice.seesBadge(liked.bob.size);
  await bob.seesBadge(liked.alice.size);

  // The screens are at rest, and so must the database be: what was clicked last, no more and no less.
  const { database } = server;
  for (const [clicker, posts] of [
    ['alice', DEMO_POSTS.bob],
    ['bob', DEMO_POSTS.alice],
  ] as const) {
    for (const post of posts) {
      const likedBy = liked[clicker].has(post) ? [clicker] : [];
      expect(database.post(post), `seed ${seed}: ${post}`).toMatchObject({
        likeCount: likedBy.length,
        likedBy,
      });
    }
  }
  expect(database.posts().every((post) => post.likeCount === post.likes)).toBe(true);
  expect(database.unread('alice')).toEqual({ counter: liked.bob.size, notifications: liked.bob.size });
  expect(database.unread('bob')).toEqual({ counter: liked.alice.size, notifications: liked.alice.size });

  // What a fresh page shows is the database, too: nothing was right by luck on the old one.
  await Promise.all([alice.page.reload(), bob.page.reload()]);
  for (const [screen, own] of [
    [alice, liked.alice],
    [bob, liked.bob],
  ] as const) {
    await screen.isLive();
    for (const { body, likeCount } of database.posts()) {
      const words = body.split('\n')[0] ?? body;
      await screen.seesCount(words, likeCount);
    }
    for (const post of [...DEMO_POSTS.alice, ...DEMO_POSTS.bob]) await screen.seesLike(post, own.has(post));
    await screen.seesBadge(screen === alice ? liked.bob.size : liked.alice.size);
  }
});

/** Resolves with the posts that are liked after that: those whose hearts were hit an odd number of times. */
async function clickAtRandom({ page, feed }: Actor, posts: readonly string[], random: () => number) {
  await page.evaluate(() => {
    window.clickedHearts = [];
    const note = ({ target }: MouseEvent) => {
      const post = target instanceof Element && target.closest('[data-key="l"]')?.closest('article');
      if (post) window.clickedHearts.push(post.textContent ?? '');
    };
    addEventListener('click', note, { capture: true });
  });
  for (let i = 0; i < CLICKS_EACH; i += 1) {
    await feed.likeButton(posts[Math.floor(random() * posts.length)] ?? '').click();
  }
  const hit = await page.evaluate(() => window.clickedHearts);
  expect(hit.length).toBeGreaterThanOrEqual(CLICKS_EACH - MOST_MISSED);
  return new Set(posts.filter((post) => hit.filter((text) => text.includes(post)).length % 2 === 1));
}
