import { randomBytes } from 'node:crypto';
import { connect as connectTcp, type Socket as TcpSocket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { InboxPage } from '@live-likes/contract';
import { expect, onTestFinished, test } from 'vitest';
import { connectionsOf, terminate, unreadBy } from '../src/realtime/engine.ts';
import { userRoom } from '../src/realtime/rooms.ts';
import { connect, next, type Person } from './harness.ts';
import { useServer } from './setup.ts';

const t = useServer();
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function memory() {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A text frame of a WebSocket client. */
function frame(text: string): Buffer {
  const mask = randomBytes(4);
  const body = Buffer.from(text).map((byte, i) => byte ^ (mask[i % 4] as number));
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length]), mask, body]);
}

/** Comes in over a WebSocket of its own, and reads nothing after that; it goes on answering pings. */
async function neverReads({ cookie }: Person): Promise<{ tcp: TcpSocket; gone: Promise<void> }> {
  const { hostname, port } = new URL(t.server.url);
  const tcp = connectTcp(Number(port), hostname);
  tcp.on('error', () => undefined);
  const gone = new Promise<void>((resolve) => tcp.once('close', () => resolve()));
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${cookie}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await new Promise((resolve) => tcp.once('data', resolve));
  tcp.write(frame('40'));
  let heard = '';
  await new Promise<void>((resolve) => {
    tcp.on('data', (data) => {
      heard += data.toString('latin1');
      if (heard.includes('session:ready')) resolve();
    });
  });
  tcp.pause();
  const answers = setInterval(() => tcp.write(frame('3')), 500);
  onTestFinished(() => {
    clearInterval(answers);
    tcp.destroy();
  });
  return { tcp, gone };
}

test(
  'a client that reads nothing is cut, costs little until then, and has missed nothing',
  { timeout: 60_000 },
  async () => {
    const [alice, bob] = await Promise.all([t.newLogin('alice'), t.newLogin('bob')]);
    const reader = await bob.socket();
    const before = await alice.ask<InboxPage>('GET', '/api/inbox');
    const post = await alice.post('loved');
    await neverReads(alice);
    const { io } = t.server.app;
    const slow = connectionsOf(io).length;
    const atFirst = memory();
    let most = 0;

    const delta = {
      epoch: 'x',
      from: 0,
      to: 0,
      items: [],
      unread: 0,
      reset: false,
      padding: 'x'.repeat(2_000),
    };
    const rooms = [userRoom(alice.user.id), userRoom(bob.user.id)];
    const pushes = setInterval(() => {
      for (let i = 0; i < 25; i += 1) io.to(rooms).emit('inbox:changed', delta);
    }, 50);
    onTestFinished(() => clearInterval(pushes));
    expect((await bob.call('PUT', `/api/posts/${post.id}/like`)).status).toBe(200);

    // Its own side of the connection is paused and sees nothing: the server's is what counts.
    const until = performance.now() + 30_000;
    while (connectionsOf(io).length === slow && performance.now() < until) {
      await sleep(500);
      most = Math.max(most, memory() - atFirst);
    }
    clearInterval(pushes);
    expect(connectionsOf(io)).toHaveLength(slow - 1);
    expect(most / MB).toBeLessThan(30);
    expect(await reader.emitWithAck('posts:watch', { postIds: [] })).toMatchObject({ ok: true });

    const again = await alice.socket({ epoch: before.epoch, since: before.seq });
    expect(again.ready.inbox.items).toMatchObject([{ post: { id: post.id }, count: 1 }]);
  },
);

test('a client that is far behind is cut at once', async () => {
  const alice = await t.newLogin('alice');
  await neverReads(alice);
  const { io } = t.server.app;
  io.to(userRoom(alice.user.id)).emit('post:deleted', { postId: 'x'.repeat(12 * MB) });
  await expect.poll(() => connectionsOf(io).length, { timeout: 3_000 }).toBe(0);
});

test('over polling, too, and no answer to a poll is kept for ever', async () => {
  const alice = await t.newLogin('alice');
  const socket = connect(t.server, { cookie: alice.cookie }, {}, ['polling']);
  onTestFinished(() => void socket.disconnect());
  const { io } = t.server.app;
  await next(socket, 'session:ready');
  // Between two polls nothing can be sent.
  const [conn] = connectionsOf(io);
  if (!conn) throw new Error('there is no connection');
  const gone = new Promise((resolve) => socket.once('disconnect', resolve));
  for (let i = 0; i < 5_000; i += 1)
    io.to(userRoom(alice.user.id)).emit('post:deleted', { postId: String(i) });
  expect(unreadBy(conn).packets).toBeGreaterThan(4_000);
  terminate(conn);
  await gone;
  expect(connectionsOf(io)).toEqual([]);
});
