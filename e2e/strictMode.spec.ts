import { freePort } from '@live-likes/services/freePort';
import { DEMO_POSTS } from './actors.ts';
import { startVite } from './development.ts';
import { expectTruth } from './oracle.ts';
import { expect, test as base } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;
const REMOUNTS = 10;

/** Only React's development build mounts everything twice in StrictMode. */
const test = base.extend<{ address: string }>({
  // eslint-disable-next-line no-empty-pattern
  address: async ({}, use) => use(`http://localhost:${await freePort()}`),
  settings: async ({ address }, use) => use({ ALLOWED_ORIGINS: address }),
  url: async ({ address, server }, use) => {
    const stop = await startVite(address, server.url);
    await use(address);
    await stop();
  },
});

test('an app whose pages are mounted twice and ten times anew has one socket, and tells of a like once', async ({
  visitor,
  actor,
  server,
}) => {
  const [alice, bob] = await Promise.all([visitor(), actor('bob')]);
  await alice.opens();
  await expect(alice.loginPage.form).toBeVisible();
  const sockets: string[] = [];
  alice.page.on('websocket', (socket) => {
    if (new URL(socket.url()).pathname.startsWith('/socket.io')) sockets.push(socket.url());
  });
  await alice.loginPage.continueAs('Alice');
  await alice.isInAs('alice');

  for (let i = 0; i < REMOUNTS; i += 1) {
    await alice.feed.opensPost(POST);
    await expect(alice.feed.posts).toHaveCount(1);
    await alice.feed.goesBackToAll();
    await expect(alice.feed.post(OTHER_POST)).toBeVisible();
  }
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');
  await bob.likes(OTHER_POST);
  await alice.seesBadge(2);

  await expectTruth(server.database, alice, bob);
  await expect.poll(() => alice.toasts.history()).toEqual(['Bob liked your post', 'Bob liked your post']);
  expect(sockets).toHaveLength(1);
});
