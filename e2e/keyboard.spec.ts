import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const SCREEN = { width: 800, height: 500 };

test('J and K go from post to post, L likes, and Enter opens', async ({ visitor, actor }) => {
  const [bob, alice] = await Promise.all([visitor({ viewport: SCREEN }), actor('alice')]);
  await bob.logsInAs('bob');
  const { page, feed } = bob;

  await page.keyboard.press('j');
  await expect(feed.posts.nth(0)).toBeFocused();
  for (const index of [1, 2, 3]) {
    await page.keyboard.press('j');
    await expect(feed.posts.nth(index)).toBeFocused();
    await expect(feed.posts.nth(index)).toBeInViewport();
  }
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(feed.posts.nth(0)).toBeFocused();
  // Not under the header.
  const header = await page.getByRole('banner').boundingBox();
  const first = await feed.posts.nth(0).boundingBox();
  expect(first?.y).toBeGreaterThanOrEqual((header?.y ?? 0) + (header?.height ?? 0));

  const [post] = DEMO_POSTS.alice;
  await expect(feed.posts.nth(0)).toContainText(post);
  await page.keyboard.press('l');
  await bob.seesLike(post, true);
  await alice.seesToast('Bob liked your post');
  await page.keyboard.press('l');
  await bob.seesLike(post, false);
  await page.keyboard.press('Enter');
  await expect(feed.posts).toHaveCount(1);
  await expect(feed.post(post)).toBeVisible();
});

test('whoever goes to a page has the focus on its heading, and back on the post that they left', async ({
  actor,
  server,
}) => {
  server.database.addPosts('bob', 100, (index) => `Post number ${index}.`);
  const alice = await actor('alice');
  const { page, feed } = alice;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  for (let i = 0; i < 25; i += 1) await page.keyboard.press('j');
  const post = /Post number \d+\./.exec(await page.locator(':focus').innerText())?.[0] ?? '';
  await expect(feed.post(post)).toBeFocused();
  await expect(page).toHaveTitle('Live Likes');

  await page.keyboard.press('Enter');
  await expect(heading('Post')).toBeFocused();
  await expect(page).toHaveTitle('Post · Live Likes');
  await page.goBack();
  await expect(feed.post(post)).toBeFocused();
  await expect(feed.post(post)).toBeInViewport();
  await expect(page).toHaveTitle('Live Likes');

  await feed.post(post).getByRole('link', { name: 'Bob' }).click();
  await expect(heading('Bob')).toBeFocused();
  await expect(page).toHaveTitle('Bob · Live Likes');
  await alice.opensSettings();
  await expect(heading('Settings')).toBeFocused();
  await page.getByRole('link', { name: 'Live Likes' }).click();
  await expect(heading('Feed')).toBeFocused();

  await alice.logsOut('Alice');
  await page.getByRole('link', { name: 'Create account' }).click();
  await expect(heading('Create account')).toBeFocused();
  await expect(page).toHaveTitle('Create account · Live Likes');
});

test('whoever opens a post at once finds it in view when they come back', async ({ actor, server }) => {
  server.database.addPosts('bob', 100, (index) => `Post number ${index}.`);
  const { page, feed } = await actor('alice');
  await expect(feed.posts.nth(19)).toBeAttached();
  await page.keyboard.press('j');
  // All in one turn: the browser has no frame in which it could tell of the scrolling.
  const post = await page.evaluate(() => {
    const press = (key: string) =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
    for (let i = 0; i < 15; i += 1) press('j');
    const text = document.activeElement?.textContent ?? '';
    press('Enter');
    return /Post number \d+\./.exec(text)?.[0] ?? '';
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Post' })).toBeFocused();
  await page.goBack();
  await expect(feed.post(post)).toBeFocused();
  await expect(feed.post(post)).toBeInViewport();
});

test('letters that are typed, or mean something else, move nothing', async ({ actor }) => {
  const alice = await actor('alice');
  const { page, feed } = alice;

  await page.getByRole('textbox', { name: "What's new?" }).pressSequentially('jkl');
  await expect(page.getByRole('textbox', { name: "What's new?" })).toHaveValue('jkl');
  await expect(feed.posts.and(page.locator(':focus'))).toHaveCount(0);

  await feed.posts.nth(1).focus();
  for (const keys of ['Control+l', 'Alt+j', 'Shift+k']) await page.keyboard.press(keys);
  await expect(feed.posts.nth(1)).toBeFocused();
  await expect(feed.posts.nth(1).getByRole('button', { name: 'Like' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );

  // What is in the menu comes over the network, and may take its time.
  const pressed = Promise.withResolvers<void>();
  await page.route(/UserMenuItems/, (route) => pressed.promise.then(() => route.continue()));
  await alice.header.userMenu('Alice').click();
  await page.keyboard.press('j');
  pressed.resolve();
  await expect(page.getByRole('menuitem', { name: 'Log out' })).toBeVisible();
  await expect(feed.posts.and(page.locator(':focus'))).toHaveCount(0);
});

test('the focus stays on a post that is scrolled out of sight', async ({ actor, server }) => {
  server.database.addPosts('bob', 200, (index) => `Post number ${index}.`);
  const alice = await actor('alice');
  const [post] = DEMO_POSTS.alice;
  await alice.page.keyboard.press('j');
  await expect(alice.feed.post(post)).toBeFocused();

  await alice.feed.scrollsPast(150);
  await alice.feed.rests();
  await expect(alice.feed.post(post)).toBeFocused();
  // From where one looks, not from where the focus was left.
  const { words } = await alice.feed.firstInView();
  await alice.page.keyboard.press('j');
  await alice.page.keyboard.press('k');
  await expect(alice.feed.post(post)).toHaveCount(0);
  await expect(alice.feed.post(words)).toBeInViewport();
});

test('the keys of one letter can be switched off', async ({ actor }) => {
  const bob = await actor('bob');
  const [post] = DEMO_POSTS.alice;
  const likeButton = bob.feed.likeButton(post);
  await expect(likeButton).toHaveAttribute('aria-keyshortcuts', 'L');
  await bob.header.openSettings('Bob');
  await bob.settings.switch('Keyboard shortcuts').click();
  await bob.opens();
  await bob.isLive();
  await expect(likeButton).not.toHaveAttribute('aria-keyshortcuts');

  await bob.feed.post(post).focus();
  await bob.page.keyboard.press('l');
  await bob.page.keyboard.press('j');

  await expect(bob.feed.post(post)).toBeFocused();
  await bob.seesLike(post, false);
});
