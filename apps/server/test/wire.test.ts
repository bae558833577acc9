import { connect as dial, createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createLiveClient, socketWire } from '@live-likes/client';
import { afterEach, expect, test, vi } from 'vitest';
import { until } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();
const proxies: Server[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const proxy of proxies.splice(0)) proxy.close();
});

/** Something on the way that swallows WebSockets without a word, and lets all else pass. */
async function withoutWebSockets(): Promise<string> {
  const proxy = createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', (first) => {
      if (/^upgrade: *websocket/im.test(String(first))) return;
      const server = dial(Number(new URL(t.server.url).port), '127.0.0.1');
      server.on('error', () => undefined).write(first);
      client.pipe(server).pipe(client);
    });
  }).listen(0, '127.0.0.1');
  proxies.push(proxy);
  await new Promise((resolve) => proxy.once('listening', resolve));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

test('where WebSockets are swallowed without a word, the connection is made by polling', async () => {
  const bob = await t.person('bob');
  const wire = socketWire({ url: await withoutWebSockets(), headers: { cookie: bob.cookie } });
  const client = createLiveClient({ userId: bob.user.id, wire });
  await until(client.connection, (state) => state === 'live');
  client.close();
});

test('what is sent on a dead connection is not sent on the next one, which may be another user’s', async () => {
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((name) => t.person(name)));
  const post = await alice!.post('a post');
  const headers = { cookie: bob!.cookie };
  const wire = socketWire({ url: t.server.url, headers });
  const ended = new Promise<string>((resolve) => {
    const client = createLiveClient({ userId: bob!.user.id, wire, onEnded: resolve });
    void until(client.connection, (state) => state === 'live').then(() => {
      headers.cookie = carol!.cookie;
      // The machine slept for longer than a connection lives: the library keeps what is sent for the next one.
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
      client.setLike(post.id, true);
    });
  });

  expect(await ended).toBe('another user is logged in');
  expect(await alice!.ask('GET', `/api/posts/${post.id}`)).toMatchObject({ likeCount: 0 });
});
