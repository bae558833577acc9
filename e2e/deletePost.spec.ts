import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;
const [BOBS_POST] = DEMO_POSTS.bob;
/** The time to undo, and some. */
const UNDONE = { timeout: 10_000 };

async function deletes({ feed, page }: Actor, words: string) {
  await feed.post(words).getByRole('button', { name: 'Delete post' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
}

const exists = (posts: { body: string }[], words: string) => posts.some(({ body }) => body.includes(words));

test('a post of one’s own is deleted after a question, and everywhere when the time to undo is over', async ({
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await expect(bob.feed.post(POST).getByRole('button', { name: 'Delete post' })).toHaveCount(0);

  const button = alice.feed.post(POST).getByRole('button', { name: 'Delete post' });
  await button.click();
  await expect(alice.page.getByRole('dialog', { name: 'Delete this post?' })).toBeVisible();
  await alice.page.keyboard.press('Escape');
  await expect(alice.page.getByRole('dialog')).toHaveCount(0);
  await expect(button).toBeFocused();

  await deletes(alice, POST);
  await expect(alice.feed.post(POST)).toHaveCount(0);
  await expect(alice.feed.posts.first()).toBeFocused();
  await alice.seesToast('Post deleted');
  await expect(bob.feed.post(POST)).toBeVisible();
  expect(exists(server.database.posts(), POST)).toBe(true);

  await expect(bob.feed.post(POST)).toHaveCount(0, UNDONE);
  await alice.seesNoToast();
  expect(exists(server.database.posts(), POST)).toBe(false);
  await expect(alice.feed.post(POST)).toHaveCount(0);
});

test('a deletion that was undone never happened', async ({ actor, server }) => {
  const alice = await actor('alice');
  await deletes(alice, POST);
  await deletes(alice, OTHER_POST);
  await expect(alice.feed.post(POST)).toHaveCount(0);

  await alice.page.getByRole('button', { name: 'Undo' }).last().click();

  await expect(alice.feed.post(POST)).toBeVisible();
  await expect(alice.feed.post(OTHER_POST)).toHaveCount(0);
  await expect.poll(() => exists(server.database.posts(), OTHER_POST), UNDONE).toBe(false);
  expect(exists(server.database.posts(), POST)).toBe(true);
});

test('who leaves the page or logs out leaves no deletion behind', async ({ actor, server }) => {
  const alice = await actor('alice');
  await alice.feed.opensPost(POST);
  await expect(alice.feed.posts).toHaveCount(1);
  await deletes(alice, POST);
  await expect(alice.page.getByText('This post does not exist')).toBeVisible();
  await alice.opens();
  await expect(alice.feed.post(OTHER_POST)).toBeVisible();
  await expect.poll(() => exists(server.database.posts(), POST)).toBe(false);

  await deletes(alice, OTHER_POST);
  await alice.logsOut('Alice');
  expect(exists(server.database.posts(), OTHER_POST)).toBe(false);
});

test('a post that could not be deleted comes back, with the reason', async ({ actor }) => {
  const alice = await actor('alice');
  await alice.page.route('**/api/posts/*', (route) =>
    route.request().method() === 'DELETE' ? route.abort() : route.continue(),
  );
  await deletes(alice, POST);
  await expect(alice.feed.post(POST)).toHaveCount(0);
  await expect(alice.feed.post(POST)).toBeVisible(UNDONE);
  await alice.seesToast('The post was not deleted');
});

test('what becomes of a deletion is not told to whoever logs in next', async ({ visitor, actor, server }) => {
  const [alice, carol] = await Promise.all([visitor(), actor('carol')]);
  const { page } = alice;
  await page.clock.install();
  await alice.logsInAs('alice');
  const deletions: (() => Promise<void>)[] = [];
  await page.route('**/api/posts/*', async (route) => {
    if (route.request().method() === 'DELETE') deletions.push(() => route.abort());
    else await route.continue();
  });
  await deletes(alice, POST);
  // From here on the time to undo runs.
  await alice.seesToast('Post deleted');
  await page.clock.fastForward(6_000);
  await expect.poll(() => deletions.length).toBe(1);
  await deletes(alice, OTHER_POST);

  const otherTab = await alice.opensAnotherTab();
  await otherTab.logsOut('Alice');
  await alice.seesLoginPage();
  await alice.loginPage.continueAs('Bob');
  const bob = alice;
  await bob.isInAs('bob');
  await deletions[0]?.();
  await page.clock.fastForward(6_000);
  await carol.likes(BOBS_POST);

  await bob.seesToast('Carol liked your post');
  expect(await bob.toasts.history()).toEqual(['Post deleted', 'Post deleted', 'Carol liked your post']);
  expect(deletions).toHaveLength(1);
  expect(exists(server.database.posts(), OTHER_POST)).toBe(true);
});
