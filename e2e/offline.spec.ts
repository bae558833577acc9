import { type Actor, DEMO_POSTS } from './actors.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;

test('without a server the app opens with what was seen last, marked as old, and is live again by itself', async ({
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await alice.posts('Written just before the tunnel');
  await bob.likes(POST);
  await alice.seesBadge(1);
  await alice.seesCount(POST, 1);
  await alice.hasTheAppKept();
  await server.kill();
  await alice.isOffline();

  await alice.page.reload();
  await expect(alice.header.userMenu('Alice')).toBeVisible();
  await expect(alice.header.oldMark).toBeVisible();
  await expect(alice.feed.post('Written just before the tunnel')).toBeVisible();
  await alice.seesCount(POST, 1);
  await alice.seesBadge(1);
  await alice.seesNotifications('Bob liked your post');
  await alice.inbox.close();
  await alice.likes(OTHER_POST);
  await alice.seesWaiting(OTHER_POST);
  await alice.feed.opensPost(POST);
  await alice.page.reload();
  await expect(alice.feed.post(POST)).toBeVisible();
  await expect(alice.header.oldMark).toBeVisible();
  await alice.feed.goesBackToAll();
  await alice.likes(POST);

  await server.restart();
  await backOnline(alice, bob);
  await expect(alice.header.oldMark).toBeHidden();
  await alice.seesNothingWaiting();
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  await alice.seesToast('Bob liked your post');
  await alice.seesCount(POST, 2);
  // What was clicked before the second reload went with that tab.
  await alice.seesLike(OTHER_POST, false);
  expect(server.database.post(POST).likedBy.toSorted()).toEqual(['alice', 'bob']);
  expect(server.database.post(OTHER_POST).likedBy).toEqual(['bob']);
});

test('what was seen last goes with the logout, and nobody else finds it', async ({ actor, server }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await alice.seesBadge(1);
  await alice.hasTheAppKept();
  // Kept when a tab goes, at the latest.
  await alice.page.reload();
  await alice.isInAs('alice');
  expect(await stored(alice)).toContain('Bob');

  await alice.logsOut('Alice');
  expect(await stored(alice)).toBe('');
  await server.kill();
  await alice.page.reload();
  await expect(alice.page.getByRole('heading', { name: 'No connection' })).toBeVisible();
  await expect(alice.feed.posts).toHaveCount(0);

  await server.restart();
  await alice.page.getByRole('button', { name: 'Retry' }).click();
  const carol = alice;
  await carol.loginPage.continueAs('Carol');
  await carol.isInAs('carol');
  await server.kill();
  await carol.isOffline();
  await carol.page.reload();
  await expect(carol.header.oldMark).toBeVisible();
  await expect(carol.header.userMenu('Carol')).toBeVisible();
  await carol.seesBadge(0);
  await carol.seesNotifications();
});

test('a session that has ended meanwhile is over when the server is back, and so is what was seen', async ({
  actor,
  server,
}) => {
  const alice = await actor('alice');
  await alice.hasTheAppKept();
  await server.kill();
  await alice.isOffline();
  await alice.page.context().clearCookies();
  await alice.page.reload();
  await expect(alice.header.oldMark).toBeVisible();

  await server.restart();
  await alice.hears('online');
  await expect(alice.loginPage.form).toBeVisible({ timeout: 15_000 });
  await expect(alice.page.getByText('Your session has ended')).toBeVisible();
  expect(await stored(alice)).toBe('');
});

/** Called, so that nobody waits for the next try. */
async function backOnline(...actors: Actor[]) {
  for (const actor of actors) {
    await actor.hears('online');
    await actor.isLive();
  }
}

/** All that this browser keeps of its user. */
function stored(actor: Actor): Promise<string> {
  return actor.page.evaluate(() => localStorage.getItem('live-likes.last-seen') ?? '');
}
