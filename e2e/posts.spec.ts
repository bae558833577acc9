import { DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const TEXT = 'The kettle sings in a minor key today.';

test('a new post is there at once for its author, and behind a pill for everybody else', async ({
  actor,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  const topBefore = await bob.feed.posts.first().boundingBox();

  await alice.posts(TEXT);
  await expect(alice.feed.posts.first()).toContainText(TEXT);
  await expect(alice.feed.pill(1)).toBeHidden();

  await expect(bob.feed.pill(1)).toBeVisible();
  await expect(bob.feed.post(TEXT)).toBeHidden();
  expect(await bob.feed.posts.first().boundingBox()).toEqual(topBefore);

  await bob.feed.pill(1).click();
  await expect(bob.feed.posts.first()).toContainText(TEXT);
  await expect(bob.feed.posts.first()).toBeFocused();
  await expect(bob.feed.pill(1)).toBeHidden();
  await bob.likes(TEXT);
  await alice.seesToast('Bob liked your post');
  await alice.seesCount(TEXT, 1);
});

test('a feed that could not be fetched after a break says so, and retried counts no post that was deleted meanwhile', async ({
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.posts(TEXT);
  await expect(alice.feed.pill(1)).toBeVisible();

  await server.kill();
  await alice.isOffline();
  await alice.page.context().setOffline(true);
  await server.restart();
  const { id } = server.database.post(TEXT);
  expect((await bob.page.request.delete(`/api/posts/${id}`)).status()).toBe(204);
  await alice.page.route('**/api/posts', (route) => route.abort());
  await alice.page.context().setOffline(false);
  await alice.isLive();
  const outOfDate = alice.page.getByText('These posts may be out of date');
  await expect(outOfDate).toBeVisible();
  await expect(alice.feed.pill(1)).toBeVisible();

  await alice.page.unroute('**/api/posts');
  await alice.page.getByRole('button', { name: 'Retry' }).click();
  await expect(alice.feed.pill(1)).toBeHidden();
  await expect(outOfDate).toBeHidden();
});

test('an empty post and one that is too long cannot be sent', async ({ actor, server }) => {
  const alice = await actor('alice');
  const text = alice.page.getByRole('textbox', { name: "What's new?" });
  const send = alice.page.getByRole('button', { name: 'Post', exact: true });

  const postsBefore = server.database.posts().length;
  for (const unfit of ['   ', 'x'.repeat(501)]) {
    await text.fill(unfit);
    await expect(send).toBeDisabled();
    await text.press('Control+Enter');
    await send.click({ force: true });
  }
  await expect(alice.page.getByText('1 too many')).toBeVisible();
  await text.fill('x'.repeat(500));
  await expect(send).toBeEnabled();
  await send.click();
  await expect(alice.feed.post('x'.repeat(500))).toBeVisible();
  expect(server.database.posts()).toHaveLength(postsBefore + 1);
});

test('what was begun is there after a look at another page, and for nobody else', async ({ actor }) => {
  const alice = await actor('alice');
  const text = alice.page.getByRole('textbox', { name: "What's new?" });
  await text.fill(TEXT);
  await alice.feed.opensPost(POST);
  await expect(text).toBeHidden();
  await alice.feed.goesBackToAll();
  await expect(text).toHaveValue(TEXT);

  await alice.logsOut('Alice');
  await alice.loginPage.continueAs('Bob');
  await alice.isIn('Bob');
  await expect(text).toHaveValue('');
});
