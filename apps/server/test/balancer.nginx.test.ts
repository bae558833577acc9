import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectTo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Balancer, startBalancer } from '@live-likes/services/balancer';
import { freePort } from '@live-likes/services/freePort';
import { findNginx, startNginx } from '@live-likes/services/nginx';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { connect, login, next, type Opened, type Person, startServer, type TestServer } from './harness.ts';
import { beginToPoll, pollUntilReady } from './polling.ts';

const HANDSHAKES = 1_000;
const AT_ONCE = 50;
const PEOPLE = 20;
const NODES = ['n1', 'n2', 'n3'];

/** Where nginx is missing, this is left out, and said; where services are required, it fails. */
const leaveOut = !findNginx() && process.env['REQUIRE_SERVICES'] !== '1';

const BALANCERS = [
  ...(leaveOut ? [] : [{ name: 'nginx with the configuration that is shipped', start: startNginx }]),
  { name: 'the small balancer', start: startBalancer },
];

test.skipIf(leaveOut)('nginx is there', () => {
  expect(findNginx(), 'nginx is not installed (Debian: apt-get install nginx-light)').toBeDefined();
});

/** The beginning of what is answered to whoever wants to go on with a protocol; empty when it is hung up on. */
async function answerTo(url: string, path: string, protocol: string): Promise<string> {
  const { host, hostname, port } = new URL(url);
  const socket = connectTo({ host: hostname, port: Number(port) });
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: upgrade\r\nUpgrade: ${protocol}\r\n\r\n`,
  );
  const [answer] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [Buffer | boolean];
  socket.destroy();
  return answer instanceof Buffer ? answer.toString('latin1') : '';
}

describe.each(BALANCERS)('$name, before three nodes', ({ start }) => {
  const directory = mkdtempSync(join(tmpdir(), 'live-likes-balanced-'));
  const opened: Opened = [];
  const nodes: TestServer[] = [];
  let balancer: Balancer;
  let people: Person[] = [];

  beforeAll(async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    for (const nodeId of NODES) {
      const options = { directory, nodeId, publicUrl: origin, rates: null, trustProxy: 1 };
      nodes.push(await startServer(options));
    }
    const named = nodes.map(({ url }, i) => ({ id: NODES[i] ?? '', address: new URL(url).host }));
    balancer = await start(named, { port });
    const [first] = nodes;
    if (!first) throw new Error('there is no node');
    people = [];
    for (let i = 0; i < PEOPLE; i += 1) people.push(await login(first, `person${i}`, opened));
  });
  afterEach(() => {
    for (const close of opened.splice(0)) close();
  });
  afterAll(async () => {
    await balancer.stop();
    await Promise.all(nodes.map((node) => node.close()));
    rmSync(directory, { recursive: true });
  });

  const cookieFor = (i: number) => people[i % PEOPLE]?.cookie ?? '';

  test('a thousand handshakes by polling alone, from one address, each go through', async () => {
    const perNode = new Map<string, number>();
    let started = 0;
    const work = async () => {
      while (started < HANDSHAKES) {
        const i = started++;
        const poller = await pollUntilReady(balancer.url, cookieFor(i));
        const [node = ''] = poller.sid.split('.', 1);
        perNode.set(node, (perNode.get(node) ?? 0) + 1);
        // Some are killed in the middle of a poll, and say nothing.
        if (i % 10 === 0) await poller.poll(AbortSignal.timeout(20)).catch(() => undefined);
        else await poller.close();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));

    expect([...perNode.keys()].toSorted()).toEqual(NODES);
    expect([...perNode.values()].reduce((a, b) => a + b)).toBe(HANDSHAKES);
    for (const node of nodes) {
      const metrics = await (await fetch(`${node.url}/metrics`)).text();
      expect(metrics).toContain('live_likes_handshakes_refused_total{reason="unknown_sid"} 0');
    }
  });

  test.each([
    ['as a WebSocket', ['websocket']],
    ['by polling, and goes on as a WebSocket', ['polling', 'websocket']],
  ])('a connection that begins %s likes, and hears of its like', async (_how, transports) => {
    const post = await people[0]!.post('through the balancer');
    for (let i = 0; i < NODES.length; i += 1) {
      const server = { ...nodes[0]!, url: balancer.url };
      const socket = connect(server, { cookie: cookieFor(i) }, {}, transports);
      opened.push(() => socket.disconnect());
      const upgraded =
        transports.length === 1 || new Promise((resolve) => socket.io.engine.once('upgrade', resolve));
      await next(socket, 'session:ready');
      await upgraded;
      const op = { client: `tab ${i} ${transports.join()}`, n: 1 };
      const answer: unknown = await socket.emitWithAck('like:set', { postId: post.id, liked: true, op });
      expect(answer).toMatchObject({ ok: true, data: { liked: true, likeCount: i + 1 } });
    }
  });

  test.each(['/', '/api/config', '/%73ocket.io/', '/x/../socket.io/?EIO=4', '/socket.io/?EIO=4'])(
    'who asks for other protocols at %s is answered, and takes no node from anybody',
    async (path) => {
      for (const protocol of ['x', 'websocket', 'h2c']) {
        for (let i = 0; i < 2 * NODES.length; i += 1)
          expect(await answerTo(balancer.url, path, protocol)).toMatch(/^HTTP\/1.1 [24]/);
        expect((await fetch(`${balancer.url}/api/config`)).status).toBe(200);
      }
    },
  );

  test('nobody reads the metrics through it', async () => {
    for (const path of ['/metrics', '/metrics/', '/METRICS', '/%6detrics', '/x/../metrics'])
      expect((await fetch(balancer.url + path)).status).toBe(404);
  });

  test('what is too large is refused in the words of the app', async () => {
    const headers = { cookie: cookieFor(0), 'content-type': 'application/json' };
    const refusals: unknown[] = [];
    for (const [{ url }, bytes] of [
      [nodes[0]!, 100_000],
      [balancer, 100_000],
      [balancer, 2_000_000],
    ] as const) {
      const call = { method: 'POST', headers, body: `"${'x'.repeat(bytes)}"` };
      const answer = await fetch(`${url}/api/posts`, call);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      refusals.push({ ...((await answer.json()) as object), requestId: null });
    }
    expect(refusals[0]).toMatchObject({ status: 413, code: 'INVALID' });
    expect(refusals.slice(1)).toEqual([refusals[0], refusals[0]]);
  });

  test('a node that goes costs nobody a handshake, and its own clients come to another one', async () => {
    const [gone] = nodes.splice(2, 1);
    let poller = await beginToPoll(balancer.url, cookieFor(0));
    for (let i = 1; !poller.sid.startsWith('n3.'); i += 1)
      poller = await beginToPoll(balancer.url, cookieFor(i));
    const closing = gone?.close();
    let over = false;
    void closing?.then(() => (over = true));
    for (let i = 0, after = 0; after < 30; i += 1) {
      const another = await pollUntilReady(balancer.url, cookieFor(i));
      await another.close();
      after += Number(over);
    }
    // Not "Session ID unknown", which a node says to what is another one's.
    await expect(poller.poll()).rejects.toThrow('503');
  });
});
