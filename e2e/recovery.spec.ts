import { DEMO_POSTS } from './actors.ts';
import { NEEDS_WEBSOCKETS } from './cluster.ts';
import { expect, test } from './test.ts';

const [POST, OTHER_POST, THIRD_POST] = DEMO_POSTS.alice;

test('likes that were acknowledged survive a kill -9, and the pages recover by themselves', async ({
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await bob.likes(OTHER_POST);
  await bob.hasConfirmed(2);

  await server.kill();
  await Promise.all([alice.isOffline(), bob.isOffline()]);
  await server.restart();
  await Promise.all([alice.isLive(), bob.isLive()]);

  expect(server.database.post(POST)).toMatchObject({ likeCount: 1, likedBy: ['bob'] });
  expect(server.database.post(OTHER_POST)).toMatchObject({ likeCount: 1, likedBy: ['bob'] });
  for (const post of [POST, OTHER_POST]) {
    await alice.seesCount(post, 1);
    await bob.seesCount(post, 1);
    await bob.seesLike(post, true);
  }
  await alice.seesBadge(2);
  // And it goes on as before: one toast for each like, none of them told twice.
  await bob.likes(THIRD_POST);
  await expect(alice.toasts.saying('Bob liked your post')).not.toHaveCount(0);
  await alice.seesBadge(3);
  await expect.poll(() => alice.toasts.history()).toEqual(Array<string>(3).fill('Bob liked your post'));
});

test('a like that was answered in the instant before a kill -9 is on disk', async ({ actor, server }) => {
  const bob = await actor('bob');
  for (const post of DEMO_POSTS.alice) {
    const before = server.database.post(post).likeCount;
    await bob.isLive();
    await bob.likes(post);
    await bob.hasConfirmed(DEMO_POSTS.alice.indexOf(post) + 1);
    await server.kill();
    expect(before).toBe(0);
    expect(server.database.post(post)).toMatchObject({ likeCount: 1, likedBy: ['bob'] });
    await server.restart();
  }
});

test('a like that is clicked while the server is down is sent once when it is back', async ({
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await server.kill();
  await Promise.all([alice.isOffline(), bob.isOffline()]);

  await bob.likes(POST);
  await bob.seesCount(POST, 1);
  await server.restart();
  await Promise.all([alice.isLive(), bob.isLive()]);

  await bob.hasConfirmed(1);
  await alice.seesToast('Bob liked your post');
  await alice.seesCount(POST, 1);
  // A second sending would come before this like, which the same socket carries later.
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  await bob.hasConfirmed(2);
  await bob.seesLike(POST, true);
  await bob.seesCount(POST, 1);
  await expect.poll(() => alice.toasts.history()).toEqual(['Bob liked your post', 'Bob liked your post']);
  expect(server.database.post(POST)).toMatchObject({ likeCount: 1, likedBy: ['bob'] });
});

test('a like whose answer was lost is counted and told once', async ({ actor, visitor, server }) => {
  test.skip(...NEEDS_WEBSOCKETS);
  const [alice, bob] = await Promise.all([actor('alice'), visitor()]);
  let cut = false;
  await bob.page.routeWebSocket(/socket\.io/, (socket) => {
    const toServer = socket.connectToServer();
    toServer.onMessage((message) => {
      if (!cut || !/^43\d+\[/.test(String(message))) return socket.send(message);
      // The server has taken the like, and the wire breaks before its answer arrives.
      cut = false;
      void Promise.all([socket.close({ code: 3001 }), toServer.close({ code: 3001 })]);
    });
  });
  await bob.logsInAs('bob');
  cut = true;
  await bob.likes(POST);
  await expect.poll(() => cut).toBe(false);
  await bob.isLive();

  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);
  await bob.seesCount(POST, 1);
  await alice.seesCount(POST, 1);
  await expect.poll(() => alice.toasts.history()).toEqual(['Bob liked your post', 'Bob liked your post']);
  expect(server.database.post(POST)).toMatchObject({ likeCount: 1, likedBy: ['bob'] });
});

test('an orderly stop is quick and clean, and the pages find their way back', async ({ actor, server }) => {
  const alice = await actor('alice');

  expect(await server.stop()).toBe(0);
  await alice.isOffline();
  await server.restart();

  await alice.isLive();
});
