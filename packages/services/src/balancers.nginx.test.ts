import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBalancer } from './balancer.ts';
import { freePort } from './freePort.ts';
import { findNginx, startNginx } from './nginx.ts';

/** Where nginx is missing, this is left out, and said; where services are required, it fails. */
const leaveOut = !findNginx() && process.env['REQUIRE_SERVICES'] !== '1';
const BALANCERS = [
  ...(leaveOut ? [] : [{ name: 'nginx with the configuration that is shipped', start: startNginx }]),
  { name: 'the small balancer', start: startBalancer },
];
const CHANGES = ['POST', 'PUT', 'DELETE'];

describe.each(BALANCERS)('$name', ({ start }) => {
  /** Nodes that answer as given; null: nobody listens there. Says where the balancer is, and what they are asked. */
  async function before(answers: readonly (RequestListener | null)[]) {
    const asked: string[] = [];
    const nodes = [];
    for (const [i, answer] of answers.entries()) {
      const hear = ({ method, url }: IncomingMessage) => void asked.push(`${method} ${url}`);
      const port = answer
        ? await listen(createServer(answer).prependListener('request', hear))
        : await freePort();
      nodes.push({ id: `n${i}`, address: `127.0.0.1:${port}` });
    }
    const balancer = await start(nodes, { port: await freePort() });
    onTestFinished(() => balancer.stop());
    return { url: balancer.url, asked };
  }

  async function listen(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    onTestFinished(() => server.close().closeAllConnections());
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }

  const works: RequestListener = (_req, res) => void res.end('done');
  const dies: RequestListener = (req) => void req.socket.destroy();
  const lacksDatabase: RequestListener = (_req, res) => void res.writeHead(503).end();

  test.each(CHANGES)('%s is sent once, even if the node dies of it', async (method) => {
    const { url, asked } = await before([dies, dies, dies]);
    const answer = await fetch(`${url}/api/posts/1/like`, { method });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE', retryAfterMs: 2_000 });
    expect(asked).toEqual([`${method} /api/posts/1/like`]);
  });

  test.each(CHANGES)('%s goes to another node when one is not there', async (method) => {
    const { url, asked } = await before([null, works]);
    const call = { method, ...(method !== 'DELETE' && { body: 'x'.repeat(50_000) }) };
    for (let i = 0; i < 4; i += 1) {
      const answer = await fetch(`${url}/api/%70osts?a=%62`, call);
      expect(await answer.text()).toBe('done');
    }
    expect(asked).toEqual(Array(4).fill(`${method} /api/%70osts?a=%62`));
  });

  test.each(CHANGES)('%s says so when nobody is there', async (method) => {
    const { url } = await before([null, null]);
    for (let i = 0; i < 3; i += 1) {
      const answer = await fetch(`${url}/api/posts`, { method });
      expect(await answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    }
  });

  test('what only reads goes to another node when one dies of it', async () => {
    const { url, asked } = await before([dies, works, works]);
    for (let i = 0; i < 4; i += 1) expect((await fetch(`${url}/api/posts`)).status).toBe(200);
    expect(asked.length).toBeGreaterThan(4);
  });

  test.each(['/readyz', '/healthz', '/READYZ/'])(
    'a 503 at %s, when the database is away, takes no node from anybody',
    async (path) => {
      const { url, asked } = await before(
        Array(3).fill((req: IncomingMessage, res: never) =>
          req.url === path ? lacksDatabase(req, res) : works(req, res),
        ),
      );
      for (let i = 0; i < 4; i += 1) {
        expect((await fetch(url + path)).status).toBe(503);
        expect((await fetch(`${url}/`)).status).toBe(200);
      }
      expect(asked.filter((each) => each.endsWith(path))).toHaveLength(4);
    },
  );

  test('a node that dies when it is asked how things are is not taken from anybody', async () => {
    const node: RequestListener = (req, res) => (req.url === '/readyz' ? dies : works)(req, res);
    const { url } = await before([node, node]);
    for (let i = 0; i < 4; i += 1) {
      expect((await fetch(`${url}/readyz`)).status).toBe(503);
      expect((await fetch(`${url}/`)).status).toBe(200);
    }
  });
});
