import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { findNginx } from '../../packages/services/src/nginx.ts';
import { findPostgres } from '../../packages/services/src/postgres.ts';
import { findRedis } from '../../packages/services/src/redis.ts';
import { isTaken, untilAnswers } from './ports.ts';
import { root } from './processes.ts';

const START_MS = 90_000;
const AMPLE_MS = 30_000;

/** Where something is missing, this is left out, and said; where services are required, it fails. */
const leaveOut = !(findNginx() && findPostgres() && findRedis()) && process.env['REQUIRE_SERVICES'] !== '1';

describe.skipIf(leaveOut)('npm run cluster', () => {
  let command: ChildProcess;
  const lines: string[] = [];
  let url = '';

  const printed = (name: string) => lines.find((line) => line.startsWith(name)) ?? '';
  const addressOf = (node: string) => /http:\S+/.exec(printed(`${node} `))?.[0] ?? '';
  const processOf = (node: string) => Number(/process (\d+)/.exec(printed(`${node} `))?.[1]);
  const portOf = (text: string) => Number(/:(\d+)(\/| |$)/.exec(text)?.[1]);

  beforeAll(async () => {
    const { DATABASE_URL: _, REDIS_URL: __, AUTH_SECRET: ___, ...env } = process.env;
    command = spawn(process.execPath, ['scripts/cluster.ts', '--nodes', '2'], {
      cwd: root,
      env: { ...env, PORT: '0', LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const input of [command.stdout, command.stderr])
      if (input) createInterface({ input }).on('line', (line) => lines.push(line));
    const ready = 'Live Likes is ready at ';
    url = await vi.waitUntil(() => printed(ready).slice(ready.length), { timeout: START_MS, interval: 50 });
  }, START_MS);
  afterAll(() => void command.kill('SIGKILL'));

  async function logIn(username: string) {
    const body = JSON.stringify({ username, password: 'live-likes-demo' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/auth/sign-in/username`, { method: 'POST', headers, body });
    return {
      ...headers,
      cookie: answer.headers
        .getSetCookie()
        .map((each) => each.split(';', 1)[0])
        .join('; '),
    };
  }

  test('people are logged in at every node, and all nodes know what was liked', async () => {
    const [alice, bob] = [await logIn('alice'), await logIn('bob')];
    const body = JSON.stringify({ body: 'liked through the balancer' });
    const created = await fetch(`${url}/api/posts`, { method: 'POST', headers: alice, body });
    const { id } = (await created.json()) as { id: string };
    const liked = await fetch(`${url}/api/posts/${id}/like`, { method: 'PUT', headers: bob });
    expect(liked.status).toBe(200);
    for (const node of ['node1', 'node2']) {
      const post = await fetch(`${addressOf(node)}/api/posts/${id}`, { headers: alice });
      expect(await post.json()).toMatchObject({ id, likeCount: 1 });
    }
    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
  });

  test('a node that is killed is said, missed by nobody, and started again', async () => {
    process.kill(processOf('node2'), 'SIGKILL');
    await expect.poll(() => printed('node2 has ended (SIGKILL)')).not.toBe('');
    for (let i = 0; i < 20; i += 1) expect((await fetch(`${url}/api/config`)).status).toBe(200);
    expect(await untilAnswers(`${addressOf('node2')}/readyz`, AMPLE_MS)).toBe(true);
  });

  test('asked to stop, it leaves nothing running', async () => {
    const ports = ['node1', 'node2', 'PostgreSQL', 'Redis'].map((name) => portOf(printed(`${name} `)));
    command.kill('SIGTERM');
    const [code] = (await once(command, 'exit')) as [number];
    expect(code).toBe(0);
    for (const port of [...ports, Number(new URL(url).port)])
      expect(await isTaken('127.0.0.1', port)).toBe(false);
  });
});
