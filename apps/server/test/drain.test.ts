import { once } from 'node:events';
import { connect as dial } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connect, login, next, type Opened, startServer } from './harness.ts';

const opened: Opened = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

test('a server that stops tells every client when to come back, each at its own time, and cuts them', async () => {
  const server = await startServer();
  const bob = await login(server, 'bob', opened);
  const people = [bob, await login(server, 'alice', opened)];
  const sockets = await Promise.all(
    people.flatMap((person) => Array.from({ length: 15 }, () => person.socket())),
  );
  const told = sockets.map((socket) => next(socket, 'server:draining'));
  const cut = sockets.map((socket) => once(socket as never, 'disconnect'));

  const closing = server.close();
  const moments = (await Promise.all(told)).map(([{ reconnectInMs }]) => reconnectInMs);
  const readiness = await fetch(`${server.url}/readyz`);
  const late = connect(server, { cookie: bob.cookie });
  opened.push(() => late.disconnect());
  await Promise.all(cut);
  await closing;

  expect(readiness.status).toBe(503);
  expect(await readiness.json()).toEqual({ status: 'draining' });
  for (const moment of moments) expect(moment).toBeGreaterThanOrEqual(1_000);
  for (const [i, moment] of moments.toSorted((a, b) => a - b).entries()) {
    expect(moment).toBeLessThanOrEqual(1_000 + (i + 1) * 32);
  }
  expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(29 * 16);
  expect(late.connected).toBe(false);
});

test('a client that has gone silent keeps no server from stopping', async () => {
  const server = await startServer();
  const bob = await login(server, 'bob', opened);
  const { host, hostname, port } = new URL(server.url);
  const silent = dial(Number(port), hostname);
  opened.push(() => silent.destroy());
  silent.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${host}`,
      `Cookie: ${bob.cookie}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  );
  await once(silent, 'data');
  silent.pause();

  const started = performance.now();
  await server.close();

  expect(performance.now() - started).toBeLessThan(15_000);
});
