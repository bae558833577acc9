import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { Server } from 'socket.io';
import { io as dial, type Socket } from 'socket.io-client';
import { emitAlike, writeTogether } from './engine.ts';
import type { LiveServer, LiveSocket } from './liveServer.ts';

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** @param spoil makes the insides of a connection other than they are expected to be */
async function start(transport: 'websocket' | 'polling', spoil = (_conn: object) => {}) {
  const httpServer = createServer();
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const io = new Server(httpServer);
  io.engine.on('connection', spoil);
  writeTogether(io);
  const { port } = httpServer.address() as AddressInfo;
  const client: Socket = dial(`http://127.0.0.1:${port}`, { transports: [transport], forceNew: true });
  opened.push(
    () => client.disconnect(),
    () => io.close(),
  );
  const socket = await new Promise<Parameters<Parameters<typeof io.on>[1]>[0]>((resolve) =>
    io.on('connection', resolve),
  );
  return { socket, client };
}

function heardBy(client: Socket, until: number): Promise<number[]> {
  const heard: number[] = [];
  return new Promise((resolve) =>
    client.on('n', (n: number) => {
      heard.push(n);
      if (n === until) resolve(heard);
    }),
  );
}

const numbers = Array.from({ length: 50 }, (_, n) => n);

test('what is sent in one go leaves in one write, in its order', async () => {
  const { socket, client } = await start('websocket');
  const { _socket: raw } = (socket.conn.transport as unknown as { socket: { _socket: Duplex } }).socket;
  let writes = 0;
  for (const name of ['_write', '_writev'] as const) {
    const write = raw[name]!.bind(raw) as (...args: unknown[]) => void;
    raw[name] = (...args: unknown[]) => {
      writes += 1;
      write(...args);
    };
  }
  const heard = heardBy(client, 49);
  for (const n of numbers) socket.emit('n', n);
  expect(await heard).toEqual(numbers);
  expect(writes).toBe(1);
});

test.each([
  ['over polling', 'polling', undefined],
  ['without the raw socket', 'websocket', hideRawSocket],
] as const)('%s all arrives in its order too', async (_, transport, spoil) => {
  const { socket, client } = await start(transport, spoil);
  const heard = heardBy(client, 49);
  for (const n of numbers) socket.emit('n', n);
  expect(await heard).toEqual(numbers);
});

test('a connection that is flushed in another way is left as it is', () => {
  const conn = Object.freeze({ transport: {} });
  const connections: ((conn: object) => void)[] = [];
  writeTogether({
    engine: { on: (_: string, run: (conn: object) => void) => connections.push(run) },
  } as unknown as LiveServer);
  expect(() => connections.forEach((run) => run(conn))).not.toThrow();
});

describe('the same event to many sockets', () => {
  const countsOf = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ postId: `post ${i} é`, likeCount: i, rev: i }));
  // A frame's head has another form for each of these lengths.
  const messages = [1, 3, 100, 4_000].map(countsOf);

  test.each([
    ['over WebSockets', 'websocket', undefined],
    ['over polling', 'polling', undefined],
    ['without the raw socket', 'websocket', hideRawSocket],
  ] as const)('arrives %s, after what was sent before', async (_, transport, spoil) => {
    const { socket, client } = await start(transport, spoil);
    const heard: unknown[] = [];
    const all = new Promise<void>((resolve) =>
      client.on('posts:changed', (counts: unknown) => {
        heard.push(counts);
        if (heard.length === messages.length * 3) resolve();
      }),
    );
    for (const counts of messages) {
      await nextTurn();
      emitAlike([socket as LiveSocket], 'posts:changed', counts);
    }
    for (const counts of messages) {
      socket.emit('posts:changed', counts);
      emitAlike([socket as LiveSocket], 'posts:changed', countsOf(1));
    }
    await all;
    expect(heard).toEqual([...messages, ...messages.flatMap((counts) => [counts, countsOf(1)])]);
  });
});

function hideRawSocket(conn: object) {
  const { transport } = conn as { transport: { socket: object } };
  transport.socket = new Proxy(transport.socket, {
    get: (target, key) => {
      if (key === '_socket') return undefined;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
