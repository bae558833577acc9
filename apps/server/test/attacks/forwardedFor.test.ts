import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createProduction } from '../faults/production.ts';

const SIGN_UPS = 5;
/** Connections of one address that have not logged in. */
const STRANGERS = 50;
const TRIES = 60;
const ATTACKER = '127.0.0.1';
const NEIGHBOUR = '127.0.0.2';
const OK = 200;
const SWITCHING_PROTOCOLS = 101;
const TOO_MANY_REQUESTS = 429;

test('an address that is made up gains nothing, straight at the server', { timeout: 60_000 }, async () => {
  const server = await startServer({});
  await expectOneLimit(server.port);
  // Before no proxy, nobody is believed.
  expect(await signUp(server.port, NEIGHBOUR, ATTACKER)).toBe(OK);
});

test('an address that is made up gains nothing, through a proxy', { timeout: 60_000 }, async () => {
  const server = await startServer({ TRUST_PROXY: '1' });
  const port = await startProxy(server.port);
  await expectOneLimit(port);
  // The proxy tells two visitors apart, and neither can take the place of the other.
  expect(await signUp(port, NEIGHBOUR, ATTACKER)).toBe(OK);
  expect(await handshake(port, NEIGHBOUR, ATTACKER)).toBe(SWITCHING_PROTOCOLS);
});

async function startServer(settings: Record<string, string>) {
  const server = await createProduction({ LIMIT_SIGN_UPS: `${SIGN_UPS}/600`, ...settings });
  onTestFinished(() => server.remove());
  await server.start();
  return server;
}

/** One client at many made-up addresses is let do as much as at one. */
async function expectOneLimit(port: number) {
  const statuses = [];
  for (let i = 0; i < TRIES; i += 1) statuses.push(await signUp(port, ATTACKER, madeUp(i)));
  expect(statuses.filter((status) => status === OK)).toHaveLength(SIGN_UPS);
  expect(statuses.filter((status) => status === TOO_MANY_REQUESTS)).toHaveLength(TRIES - SIGN_UPS);

  // All at once, since a seat that is left is free for the next.
  const handshakes = Array.from({ length: TRIES }, (_, i) => handshake(port, ATTACKER, madeUp(i)));
  const answers = await Promise.all(handshakes);
  expect(answers.filter((status) => status === SWITCHING_PROTOCOLS)).toHaveLength(STRANGERS);
  expect(answers.filter((status) => status === TOO_MANY_REQUESTS)).toHaveLength(TRIES - STRANGERS);
}

/** Several spellings, in turn. */
function madeUp(i: number): string {
  const address = `203.0.113.${i}`;
  const spellings = [address, `${address}, 198.51.100.${i}`, `${address}:${i}`, `64:ff9b::${address}`, '%'];
  return spellings[i % spellings.length] ?? address;
}

const signUp = (port: number, from: string, forwarded: string) =>
  statusOf(port, from, forwarded, '/api/auth/sign-in/anonymous', 'POST');

const handshake = (port: number, from: string, forwarded: string) =>
  statusOf(port, from, forwarded, '/socket.io/?EIO=4&transport=websocket', 'GET', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  });

/** Of a call from that loopback address, which says that it is another one; its connection stays until the test ends. */
async function statusOf(
  port: number,
  localAddress: string,
  forwarded: string,
  path: string,
  method: string,
  headers = {},
): Promise<number> {
  const asked = request({
    host: '127.0.0.1',
    port,
    localAddress,
    path,
    method,
    agent: false,
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded, ...headers },
  });
  asked.end(method === 'POST' ? '{}' : undefined);
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.once('upgrade', resolve);
    asked.once('error', reject);
  });
  const { statusCode = 0, socket } = await answer;
  onTestFinished(() => void socket.destroy());
  return statusCode;
}

/** As those that people put before a server: it adds the address of its caller at the right. */
async function startProxy(target: number): Promise<number> {
  const passOn = (incoming: IncomingMessage) => {
    const { headers, method, url: path, socket } = incoming;
    const forwarded = [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', ');
    return request({
      host: '127.0.0.1',
      port: target,
      method,
      path,
      agent: false,
      headers: { ...headers, 'x-forwarded-for': forwarded },
    });
  };
  const proxy = createServer((incoming, outgoing) => {
    const passed = incoming.pipe(passOn(incoming));
    passed.on('error', () => outgoing.destroy());
    passed.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(outgoing);
    });
  });
  proxy.on('upgrade', (incoming, client) => {
    const passed = passOn(incoming).end();
    const answerWith = (answer: IncomingMessage) => {
      client.write(`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n\r\n`);
      answer.socket.pipe(client).pipe(answer.socket);
    };
    client.on('error', () => passed.destroy());
    client.on('close', () => passed.destroy());
    passed.on('error', () => client.destroy());
    passed.once('upgrade', answerWith);
    passed.once('response', answerWith);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return (proxy.address() as AddressInfo).port;
}
