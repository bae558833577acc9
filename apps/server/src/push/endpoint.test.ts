import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { ClosedAddress, endpointRule, type EndpointRule } from './endpoint.ts';

const PUBLIC = 'https://likes.example.com';
const LOCAL = 'http://localhost:3000';

test.each([
  'https://updates.push.services.mozilla.com/wpush/v2/x',
  'https://203.0.112.7/x',
  'https://[2a00:1450:4001::1]:8443/x',
])('%s may be called from anywhere', (endpoint) => {
  for (const url of [PUBLIC, LOCAL]) expect(endpointRule(url).problem(endpoint)).toBeNull();
});

test.each([
  'http://push.example.com/x',
  'ftp://push.example.com/x',
  'https://0.0.0.0/x',
  'https://10.1.2.3/x',
  'https://100.64.0.1/x',
  'https://0xa9.254.169.254/x',
  'https://172.31.0.1/x',
  'https://192.168.1.1/x',
  'https://255.255.255.255/x',
  'https://[::]/x',
  'https://[fd00::1]/x',
  'https://[fe80::1]/x',
  'https://[::ffff:10.0.0.1]/x',
  'https://[64:ff9b::10.0.0.1]/x',
  'https://[2002:a00:1::]/x',
  'no address',
])('%s is called from nowhere', (endpoint) => {
  for (const url of [PUBLIC, LOCAL])
    expect(endpointRule(url).problem(endpoint)).toMatch(/^The endpoint must be /);
});

test.each([
  'http://127.0.0.1:4000/x',
  'http://localhost:4000/x',
  'https://[::1]:4000/x',
  'https://2130706433/x',
  'https://push.localhost/x',
])('%s is called only from a server that is there too', (endpoint) => {
  expect(endpointRule(LOCAL).problem(endpoint)).toBeNull();
  expect(endpointRule(PUBLIC).problem(endpoint)).not.toBeNull();
});

/** A name server that knows these names: of each, its IPv4 addresses. */
async function nameServer(names: Record<string, string[]>): Promise<Resolver> {
  const socket = createSocket('udp4', (query, { port, address }) => {
    const { name, end } = questionOf(query);
    const known = query.readUInt16BE(end - 4) === TYPE_A ? (names[name] ?? []) : [];
    const answers = known.map((ip) => [...ANSWER_FOR_A, ...ip.split('.').map(Number)]);
    const response = Buffer.from([...query.subarray(0, end), ...answers.flat()]);
    response.writeUInt16BE(0x81_80, 2);
    // One question, the answers, and nothing else.
    for (const [i, count] of [1, answers.length, 0, 0].entries()) response.writeUInt16BE(count, 4 + 2 * i);
    socket.send(response, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const resolver = new Resolver();
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return resolver;
}

const TYPE_A = 1;
/** The name of the question, type A, class IN, kept for no time, of four bytes. */
const ANSWER_FOR_A = [0xc0, 0x0c, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4];

/** The name asked for, and where the question ends. */
function questionOf(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 5 };
}

/** What the name is resolved to for a connection. */
function resolved({ lookup }: EndpointRule, hostname: string) {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });
}

test('a name that leads into the own network is not connected to', async () => {
  const resolver = await nameServer({
    'inside.example': ['10.0.0.1'],
    'both.example': ['10.0.0.1', '203.0.112.7', '127.0.0.1'],
  });
  const rule = endpointRule(PUBLIC, resolver);
  await expect(resolved(rule, 'inside.example')).rejects.toBeInstanceOf(ClosedAddress);
  await expect(resolved(rule, 'localhost')).rejects.toBeInstanceOf(ClosedAddress);
  await expect(resolved(rule, 'nowhere.example')).rejects.toThrow('ENODATA');
  expect(await resolved(rule, 'both.example')).toEqual([{ address: '203.0.112.7', family: 4 }]);
  expect(await resolved(endpointRule(LOCAL, resolver), 'localhost')).toContainEqual({
    address: '127.0.0.1',
    family: 4,
  });
});
