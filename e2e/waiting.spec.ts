import { DEMO_POSTS } from './actors.ts';
import { Wire } from './frames.ts';
import { expectTruth } from './oracle.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST, THIRD_POST] = DEMO_POSTS.alice;

test('likes that are clicked while offline carry a mark, and each post’s last one is sent once on return', async ({
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await server.kill();
  await Promise.all([alice.isOffline(), bob.isOffline()]);

  await bob.likes(POST);
  await bob.likes(OTHER_POST);
  await bob.unlikes(OTHER_POST);
  await bob.likes(OTHER_POST);
  await bob.likes(THIRD_POST);
  await bob.unlikes(THIRD_POST);
  for (const post of DEMO_POSTS.alice) await bob.seesWaiting(post);
  expect(bob.wire.sent).toEqual([]);
  await server.restart();

  await bob.seesNothingWaiting();
  await alice.seesBadge(2);
  const { database } = server;
  const wishes = () => bob.wire.sent.map(({ postId, liked }) => ({ postId, liked }));
  await expect.poll(() => wishes().length).toBe(3);
  expect(wishes()).toEqual(
    expect.arrayContaining([
      { postId: database.post(POST).id, liked: true },
      { postId: database.post(OTHER_POST).id, liked: true },
      { postId: database.post(THIRD_POST).id, liked: false },
    ]),
  );
  await expectTruth(database, alice, bob);
  await expect.poll(() => alice.toasts.history()).toEqual(['Bob liked your post', 'Bob liked your post']);
});

test('what waits when its person logs out offline is not sent as the next one', async ({
  actor,
  visitor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), visitor()]);
  const wire = await Wire.of(bob.page);
  await bob.logsInAs('bob');
  await wire.isCut();
  await bob.isOffline();
  await bob.likes(POST);
  await bob.seesWaiting(POST);

  await bob.logsOut('Bob');
  const carol = bob;
  await carol.loginPage.continueAs('Carol');
  await expect(carol.header.userMenu('Carol')).toBeVisible();
  wire.heals();
  // Whoever still waits for the network is called.
  await carol.hears('online');
  await carol.isInAs('carol');

  await carol.seesLike(POST, false);
  await expect(carol.feed.waitingMarks).toHaveCount(0);
  await carol.likes(OTHER_POST);
  await alice.seesToast('Carol liked your post');
  const sent = () => carol.wire.sent.map(({ postId }) => postId);
  await expect.poll(sent).toEqual([server.database.post(OTHER_POST).id]);
  await expectTruth(server.database, alice, carol);
});

test('what waits is not sent when the tab comes back with the cookie of somebody else', async ({
  actor,
  visitor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), visitor()]);
  const wire = await Wire.of(bob.page);
  await bob.logsInAs('bob');
  await wire.isCut();
  await bob.isOffline();
  await bob.likes(POST);
  await bob.seesWaiting(POST);

  // No other tab is there to tell of it: only the server knows whose cookie that is.
  await bob.changesCookieTo('carol');
  wire.heals();
  await bob.hears('online');

  await bob.seesLoginPage();
  expect(bob.wire.sent).toEqual([]);
  const carol = bob;
  await carol.opens();
  await carol.isInAs('carol');
  await carol.likes(OTHER_POST);
  await alice.seesToast('Carol liked your post');
  await expectTruth(server.database, alice, carol);
  expect(server.database.post(POST).likedBy).toEqual([]);
});
