import type { Actor } from './actors.ts';
import { expect, test } from './test.ts';

/** Some are short, some are long: what is not on the screen has no known height. */
const say = (index: number) => `Post number ${index}. ${'On and on it goes. '.repeat((index * 7) % 23)}`;

/** As in a browser that does not keep what is on the screen in its place by itself. */
async function withoutScrollAnchoring({ page }: Actor) {
  await page.addInitScript(() => {
    CSS.supports = () => false;
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.setProperty('overflow-anchor', 'none');
    });
  });
}

test('a feed of 10,000 posts is scrolled far with few of them in the page, and back finds the place', async ({
  actor,
  server,
}) => {
  server.database.addPosts('bob', 10_000, say);
  const alice = await actor('alice');

  await alice.feed.scrollsPast(1_000);
  expect(await alice.feed.posts.count()).toBeLessThan(80);
  await alice.page.mouse.wheel(0, -2_345);
  await alice.page.mouse.wheel(0, -345);
  await alice.feed.rests();

  const { words, top } = await alice.feed.firstInView();
  await alice.feed.opensPost(words);
  await expect(alice.feed.posts).toHaveCount(1);
  expect(await alice.page.evaluate(() => scrollY)).toBe(0);
  await alice.page.goBack();
  await expect(alice.feed.post(words)).toBeVisible();
  await expect.poll(() => alice.feed.topOf(words)).toBe(top);

  // Scrolling up again meets rows that this page has never measured: what is read must not jump.
  await alice.page.mouse.wheel(0, -400);
  await expect.poll(() => alice.feed.topOf(words)).toBe(top + 400);

  await alice.page.goForward();
  await expect(alice.feed.posts).toHaveCount(1);
  await alice.feed.goesBackToAll();
  await expect(alice.feed.posts.first()).toHaveAttribute('aria-posinset', '1');
  expect(await alice.page.evaluate(() => scrollY)).toBe(0);
});

test('a reload finds the place, in posts that must be fetched again', async ({ actor, server }) => {
  server.database.addPosts('bob', 500, say);
  const alice = await actor('alice');
  await alice.feed.scrollsPast(150);
  await alice.feed.rests();
  const { words, top } = await alice.feed.firstInView();

  await alice.page.reload();

  await expect(alice.feed.post(words)).toBeVisible();
  await expect.poll(() => alice.feed.topOf(words)).toBe(top);
});

test('who leaves before the posts of a reload are there finds the place when they come back', async ({
  actor,
  server,
}) => {
  server.database.addPosts('bob', 500, say);
  const alice = await actor('alice');
  await alice.feed.scrollsPast(150);
  await alice.feed.rests();
  const { words, top } = await alice.feed.firstInView();

  const held = Promise.withResolvers<void>();
  await alice.page.route(/\/api\/posts\?/, (route) => held.promise.then(() => route.continue()));
  await alice.page.reload();
  await alice.opensSettings();
  await alice.page.goBack();
  held.resolve();

  await expect(alice.feed.post(words)).toBeVisible();
  await expect.poll(() => alice.feed.topOf(words)).toBe(top);
});

for (const anchoring of ['of the browser', 'of our own']) {
  test(`what is read stays where it is while posts come and go above it, by the anchoring ${anchoring}`, async ({
    visitor,
    server,
  }) => {
    server.database.addPosts('bob', 300, say);
    const alice = await visitor();
    if (anchoring === 'of our own') await withoutScrollAnchoring(alice);
    await alice.logsInAs('alice');
    await alice.feed.scrollsPast(60);
    await alice.feed.rests();
    const { words, top } = await alice.feed.firstInView();

    const before = await alice.feed.positionOf(words);

    // One's own post shows at once, and one that is deleted goes at once.
    const text = `Written in another tab.${' It is a long one.'.repeat(20)}`;
    expect((await alice.page.request.post('/api/posts', { data: { body: text } })).status()).toBe(201);
    await expect.poll(() => alice.feed.positionOf(words)).toBe(before + 1);
    expect(await alice.feed.topOf(words)).toBe(top);
    const { id } = server.database.post(text);
    expect((await alice.page.request.delete(`/api/posts/${id}`)).status()).toBe(204);
    await expect.poll(() => alice.feed.positionOf(words)).toBe(before);
    expect(await alice.feed.topOf(words)).toBe(top);

    // Rows above that were never measured come into the page, as one reads back.
    await alice.page.reload();
    await expect.poll(() => alice.feed.topOf(words)).toBe(top);
    await alice.page.mouse.wheel(0, -500);
    await expect.poll(() => alice.feed.topOf(words)).toBe(top + 500);
  });
}

test('a post far down that was deleted during a break is gone after it, each time anew', async ({
  actor,
  server,
}) => {
  server.database.addPosts('bob', 1_300, say);
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await alice.feed.scrollsPast(1_200);
  await alice.feed.rests();

  for (let breaks = 0; breaks < 2; breaks += 1) {
    const { words } = await alice.feed.firstInView();
    await server.kill();
    await alice.isOffline();
    // Not before: it keeps a socket that is open from hearing of its end.
    await alice.page.context().setOffline(true);
    await server.restart();
    const { id } = server.database.post(words);
    expect((await bob.page.request.delete(`/api/posts/${id}`)).status()).toBe(204);
    await expect(alice.feed.post(words)).toBeVisible();
    await alice.page.context().setOffline(false);
    await alice.isLive();
    await expect(alice.feed.post(words)).toHaveCount(0);
  }
});
