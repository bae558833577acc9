import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { expect } from 'vitest';
import { until } from '../harness.ts';
import { test, type World } from '../faults/world.ts';
import { type RawSocket, rawSocket } from './rawSocket.ts';

const CONNECTIONS = 200;
const NAMESPACES = 5_000;
const MOST_GROWTH = 50_000_000;

const UPGRADE =
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n' +
  'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** What a stranger may write to the port, as far as they get. */
const GARBAGE = [
  randomBytes(2_000),
  'GET / HTTP/1.1\r\n',
  // The page is still on its way when no method comes.
  'HEAD / HTTP/1.1\r\nhost: x\r\naccept: text/html\r\n\r\n{"a":"body"}\r\n\r\n',
  `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`,
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  'GET /socket.io/?EIO=999&transport=carrier-pigeon HTTP/1.1\r\nhost: x\r\n\r\n',
  'GET /socket.io/?EIO=4&transport=polling&sid=nobody HTTP/1.1\r\nhost: x\r\n\r\n',
  'POST /api/posts HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab',
  'POST /api/posts HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n',
  'POST /api/posts HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n{"body":"',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
];

test('garbage on the port ends its own connection at most', { timeout: 120_000 }, async ({ world }) => {
  const alice = await world.person('alice');
  const tab = await alice.tab();
  const { pid } = world.server;
  const before = world.server.memory();
  const connections = Array.from({ length: CONNECTIONS }, (_, i) => {
    const socket = connect(world.server.port, '127.0.0.1');
    socket.on('error', () => undefined).resume();
    socket.write(GARBAGE[i % GARBAGE.length] ?? '');
    return socket;
  });
  await expectAtEase(world, pid, before);
  for (const socket of connections) socket.destroy();
  expect(tab.client.connection.get()).toBe('live');
});

test(
  'a connection that breaks in the middle of a handshake breaks alone',
  { timeout: 120_000 },
  async ({ world }) => {
    const alice = await world.person('alice');
    const tab = await alice.tab();
    const { pid } = world.server;
    const before = world.server.memory();
    for (let i = 0; i < CONNECTIONS; i += 1) {
      const socket = connect(world.server.port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(`${UPGRADE}cookie: ${alice.headers.cookie}\r\n\r\n`);
      await after((i % 10) / 2);
      socket.resetAndDestroy();
    }
    await expectAtEase(world, pid, before);
    expect(tab.client.connection.get()).toBe('live');
  },
);

test(
  'packets that no client would send end their own socket at most',
  { timeout: 120_000 },
  async ({ world }) => {
    const [alice, mallory] = await world.people('person', 2);
    if (!alice || !mallory) throw new Error('no people');
    const tab = await alice.tab();
    const { pid } = world.server;
    const before = world.server.memory();
    const open = (joins = true) => rawSocket(world.server.url, mallory.headers.cookie, joins);

    // Joins twice, and again after it has left.
    await outOfTurn(await open(), ['40', '40', '40{"token":"x"}']);
    await outOfTurn(await open(), ['41', '40', '42["posts:watch",{"postIds":[]}]']);
    // Other namespaces are nobody's.
    const many = Array.from({ length: NAMESPACES }, (_, i) => `40/ns${i},`);
    await outOfTurn(await open(), many);
    // Acknowledges what nobody asked, in every way.
    await outOfTurn(await open(), ['431[]', '4399999999999999999999[]', '43-1[]', '43[]', '461-1["x"]']);
    // What is not of the protocol at all.
    for (const frame of [
      '9',
      '4',
      '48',
      '42',
      '42[',
      '42{}',
      '42[]',
      '421',
      '451-["x",{"_placeholder":true,"num":0}]',
      '45999999999-["x"]',
      'b',
      '5',
      '6',
      '1',
      '',
    ]) {
      await outOfTurn(await open(), [frame]);
      await outOfTurn(await open(false), [frame]);
    }
    await outOfTurn(await open(), [new Uint8Array(1_000), new Uint8Array(0)]);

    await expectAtEase(world, pid, before);
    expect(tab.client.connection.get()).toBe('live');
    // Nobody is left behind: of all those, only the one who watched is still there.
    await until(tab.client.online, (online) => online === 1);
  },
);

/** It may be cut for it; if not, it goes by itself. */
async function outOfTurn(socket: RawSocket, frames: readonly (string | Uint8Array)[]) {
  for (const frame of frames) socket.send(frame);
  socket.close();
  await socket.closed;
}

/** The same process, which answers and has not grown. */
async function expectAtEase({ server }: World, pid: number | undefined, before: number) {
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.pid).toBe(pid);
  expect(server.memory() - before).toBeLessThan(MOST_GROWTH);
}
