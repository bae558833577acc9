import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { DEMO_POSTS } from './actors.ts';
import { expect, test as base } from './test.ts';

const [POST, OTHER_POST] = DEMO_POSTS.alice;

/** Something on the way that cuts every WebSocket, and lets all else pass. */
const test = base.extend<{ gate: Server }>({
  // eslint-disable-next-line no-empty-pattern
  gate: async ({}, use) => {
    const gate = createServer().listen(0, 'localhost');
    await once(gate, 'listening');
    await use(gate);
    gate.close();
  },
  settings: async ({ gate }, use) => use({ ALLOWED_ORIGINS: urlOf(gate) }),
  url: async ({ gate, server }, use) => {
    gate.on('connection', (client) => pass(client, Number(new URL(server.url).port)));
    await use(urlOf(gate));
  },
});

function pass(client: Socket, port: number) {
  client.on('error', () => undefined);
  client.once('data', (first) => {
    if (/^upgrade: *websocket/im.test(String(first))) {
      client.destroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    server.on('error', () => client.destroy()).write(first);
    client.pipe(server).pipe(client);
  });
}

const urlOf = (gate: Server) => `http://localhost:${(gate.address() as AddressInfo).port}`;

test('where there are no WebSockets, likes are sent and told of by polling', async ({ actor, server }) => {
  const [alice, bob] = await Promise.all([actor('alice'), actor('bob')]);
  await bob.likes(POST);
  await alice.seesToast('Bob liked your post');
  await alice.seesCount(POST, 1);

  await server.kill();
  await Promise.all([alice.isOffline(), bob.isOffline()]);
  await bob.likes(OTHER_POST);
  await server.restart();
  await Promise.all([alice.isLive(), bob.isLive()]);
  await bob.seesNothingWaiting();
  await alice.seesBadge(2);
  await expect.poll(() => alice.toasts.history()).toHaveLength(2);
  for (const post of [POST, OTHER_POST]) {
    expect(server.database.post(post)).toMatchObject({ likeCount: 1, likedBy: ['bob'] });
  }
});
