import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRedis, type OwnRedis, startRedis } from '@live-likes/services/redis';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createLog } from '../src/log.ts';
import {
  callAs,
  connect,
  cookieOf,
  login,
  next,
  type Opened,
  type Person,
  type RawSocket,
  type ServerOptions,
  startServer,
  type TestServer,
} from './harness.ts';

/** Tests of several nodes are left out then, unless services are required. */
export const withoutRedis = !findRedis() && process.env['REQUIRE_SERVICES'] !== '1';
if (withoutRedis)
  process.stderr.write('redis-server is not installed: the tests of several nodes are left out.\n');

/** Quicker than in earnest, so that what takes time there does not here. */
export const QUICK = { answerWithinMs: 500, beatMs: 100, deadAfterMs: 1_000 };

/** Two nodes, `a` and `b`, on one database and one Redis. */
export function useNodes(options: ServerOptions = {}) {
  const opened: Opened = [];
  let redis: OwnRedis;
  let directory: string;
  let nodes: TestServer[];
  const start = (own: ServerOptions = {}) =>
    startServer({
      redis: { url: redis.url, log: createLog('silent'), ...QUICK },
      ...options,
      ...own,
      directory,
    });
  beforeAll(async () => {
    redis = await startRedis();
    directory = mkdtempSync(join(tmpdir(), 'live-likes-nodes-'));
    nodes = [await start(), await start()];
  });
  afterEach(() => {
    for (const close of opened.splice(0)) close();
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    await redis.stop();
    rmSync(directory, { recursive: true });
  });
  return {
    get a() {
      return nodes[0] as TestServer;
    },
    get b() {
      return nodes[1] as TestServer;
    },
    get redis() {
      return redis;
    },
    /** One more, which the test closes. */
    start,
    /** Somebody who is logged in at this node; the session is one of both. */
    person: (node: TestServer, username: string): Promise<Person> => login(node, username, opened),
    /** Somebody new, who costs no password hash. */
    async guest(node: TestServer) {
      const response = await callAs('', `${node.url}/api/auth/sign-in/anonymous`, 'POST', {});
      const { user } = (await response.json()) as { user: { id: string } };
      return { userId: user.id, cookie: cookieOf(response) };
    },
    /** A socket of the same session, at any node. */
    async socketAt(node: TestServer, { cookie }: { cookie: string }): Promise<RawSocket> {
      const socket = connect(node, { cookie }) as RawSocket;
      opened.push(() => socket.disconnect());
      [socket.ready] = await next(socket, 'session:ready');
      return socket;
    },
  };
}
