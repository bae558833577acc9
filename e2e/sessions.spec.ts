import { DEMO_POSTS } from './actors.ts';
import { NEEDS_WEBSOCKETS } from './cluster.ts';
import { expect, test } from './test.ts';

const [POST] = DEMO_POSTS.alice;
const [BOBS_POST] = DEMO_POSTS.bob;

test('logging out in one tab ends the other, too', async ({ actor }) => {
  const bob = await actor('bob');
  const otherTab = await bob.opensAnotherTab();

  await bob.logsOut('Bob');

  await otherTab.seesLoginPage();
});

test('logging out cuts the session’s sockets, also where no tab could tell another', async ({
  actor,
  visitor,
}) => {
  test.skip(...NEEDS_WEBSOCKETS);
  const bob = await actor('bob');
  // The same session in a browser that shares nothing with the first, so that only the server can end it.
  const elsewhere = await visitor({
    storageState: { cookies: await bob.page.context().cookies(), origins: [] },
  });
  const opened = elsewhere.page.waitForEvent('websocket');
  await elsewhere.opens();
  await elsewhere.isIn('Bob');
  const closed = (await opened).waitForEvent('close', { timeout: 5_000 });

  await bob.logsOut('Bob');

  await closed;
  await elsewhere.seesLoginPage();
});

test('somebody else who logs in at the same browser finds nothing of the one before', async ({
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await alice.likes(BOBS_POST);
  await bob.seesToast('Alice liked your post');
  await bob.seesBadge(1);

  await bob.logsOut('Bob');
  const carol = bob;
  await carol.loginPage.continueAs('Carol');

  await carol.isIn('Carol');
  await carol.seesLike(POST, false);
  await carol.seesCount(POST, 1);
  await carol.seesBadge(0);
  await carol.seesNoToast();
  await carol.seesNotifications();
  await carol.page.keyboard.press('Escape');
  await carol.likes(POST);
  await alice.seesToast('Carol and 1 other liked your post');
  expect(server.database.post(POST).likedBy).toEqual(['bob', 'carol']);
});

test('what was clicked and not yet sent is not sent as the next person', async ({
  visitor,
  actor,
  server,
}) => {
  test.skip(...NEEDS_WEBSOCKETS);
  const [alice, bob] = await Promise.all([actor('alice'), visitor()]);
  let holding = false;
  await bob.page.routeWebSocket(/socket\.io/, (socket) => {
    const toServer = socket.connectToServer();
    socket.onMessage((message) => {
      // Likes vanish on the way; what keeps the connection alive does not.
      if (!holding || !String(message).includes('like:set')) toServer.send(message);
    });
  });
  await bob.logsInAs('bob');
  holding = true;
  await bob.likes(POST);

  await bob.logsOut('Bob');
  holding = false;
  const carol = bob;
  await carol.loginPage.continueAs('Carol');
  await carol.isIn('Carol');

  // A like of Carol's own, to be sure that the way is free.
  await carol.likes(DEMO_POSTS.alice[1]);
  await alice.seesToast('Carol liked your post');
  await carol.seesLike(POST, false);
  expect(server.database.post(POST)).toMatchObject({ likeCount: 0, likedBy: [] });
});
