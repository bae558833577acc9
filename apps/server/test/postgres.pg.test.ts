import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type OwnPostgres, startPostgres } from '@live-likes/services/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { callAs, connect, login, next, type Opened, startServer, type TestServer, until } from './harness.ts';
import { runsPostgres } from './services.ts';

const SCRIPTS = join(import.meta.dirname, '../../../scripts');

describe.runIf(runsPostgres)('servers on one PostgreSQL', () => {
  let postgres: OwnPostgres;
  let servers: TestServer[];
  const open: Opened = [];
  beforeAll(async () => {
    postgres = await startPostgres();
    // All at once: each would make the tables and the demo.
    servers = await Promise.all(
      // One beats so often that its people are told soon of what happened at the others.
      [undefined, undefined, 300].map((headIntervalMs) =>
        startServer({ postgresUrl: postgres.url, headIntervalMs }),
      ),
    );
  });
  afterAll(async () => {
    for (const close of open) close();
    for (const server of servers) await server.close();
    await postgres.stop();
  });

  async function command(name: string, ...args: string[]) {
    const child = spawn(process.execPath, [join(SCRIPTS, `${name}.ts`), ...args], {
      env: { DATABASE_URL: postgres.url },
    });
    const said = { out: '', err: '' };
    child.stdout.on('data', (data) => (said.out += data));
    child.stderr.on('data', (data) => (said.err += data));
    const [code] = (await once(child, 'close')) as [number];
    return { code, ...said };
  }

  async function socketAt(server: TestServer, cookie: string) {
    const socket = connect(server, { cookie });
    open.push(() => socket.disconnect());
    await next(socket, 'session:ready');
    return socket as unknown as NodeJS.EventEmitter;
  }

  test('servers that start at once make one demo', async () => {
    const alice = await login(servers[0]!, 'alice', open);
    const { posts } = await alice.ask<{ posts: { author: { username: string } }[] }>(
      'GET',
      '/api/posts?limit=50',
    );
    expect(posts).toHaveLength(12);
    expect(new Set(posts.map(({ author }) => author.username)).size).toBe(4);
  });

  test('a like at one server reaches its author at another', async () => {
    const [alice, bob] = await Promise.all([
      login(servers[2]!, 'alice', open),
      login(servers[1]!, 'bob', open),
    ]);
    const post = await alice.post('a post');
    const client = await alice.client();
    await bob.ask('PUT', `/api/posts/${post.id}/like`);
    await until(client.inbox, ({ items }) => [...items.values()].some((item) => item.post?.id === post.id));
  });

  test('a session that ends at one server, or by a ban, loses its sockets at the others within a second', async () => {
    const carol = await login(servers[0]!, 'carol', open);
    const cut = once(await socketAt(servers[1]!, carol.cookie), 'session:ended');
    await carol.ask('POST', '/api/auth/sign-out', {});
    expect(await Promise.race([cut, after(1_500, 'late')])).toEqual([{ reason: 'revoked' }]);

    const mallory = await login(servers[0]!, 'mallory', open);
    const sockets = [
      await socketAt(servers[0]!, mallory.cookie),
      await socketAt(servers[1]!, mallory.cookie),
    ];
    const ends = Promise.all(sockets.map((socket) => once(socket, 'session:ended')));
    expect(await command('ban', 'Mallory')).toEqual({ code: 0, out: 'mallory is banned.\n', err: '' });
    expect(await Promise.race([ends, after(1_500, 'late')])).not.toBe('late');
    const credentials = { username: 'mallory', password: 'live-likes-demo' };
    const refused = await callAs('', `${servers[2]!.url}/api/auth/sign-in/username`, 'POST', credentials);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { code: 'BANNED', message: 'This account has been banned.' },
    ]);
    expect(await command('ban', 'nobody')).toMatchObject({
      code: 1,
      err: 'There is nobody with the username nobody.\n',
    });
  });

  test('after a new epoch every client reads its inbox anew', async () => {
    const dave = await login(servers[2]!, 'dave', open);
    const post = await dave.post('a post of mine');
    const bob = await login(servers[1]!, 'bob', open);
    await bob.ask('PUT', `/api/posts/${post.id}/like`);
    const client = await dave.client();
    const { epoch } = client.inbox.get();
    expect(await command('newEpoch')).toMatchObject({ code: 0, err: '' });
    const inbox = await until(client.inbox, (state) => state.epoch !== epoch && state.epoch !== null);
    expect([...inbox.items.values()]).toMatchObject([{ post: { id: post.id }, count: 1 }]);
  });

  test('a database that is away is a refusal for the time being, and the same server serves again', async () => {
    const alice = await login(servers[0]!, 'alice', open);
    const post = await alice.post('another post');
    await postgres.kill();
    const answers = await Promise.all([
      alice.call('PUT', `/api/posts/${post.id}/like`),
      alice.call('GET', '/api/posts'),
      alice.call('POST', '/api/auth/sign-in/username', { username: 'bob', password: 'live-likes-demo' }),
      fetch(`${servers[0]!.url}/readyz`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(answers[0].headers.get('retry-after')).toBe('1');
    await postgres.start();
    while ((await fetch(`${servers[0]!.url}/readyz`)).status !== 200) await after(20);
    expect(await alice.ask('PUT', `/api/posts/${post.id}/like`)).toMatchObject({ liked: true });
  });
});

test('no line of the log shows what stands in a row', () => {
  let line = '';
  const log = createLog('info', { write: (text) => void (line += text) });
  const detail = 'Key (email)=(ann@example.com) already exists.';
  log.error({ err: Object.assign(new Error('duplicate key'), { detail, where: detail }) }, 'failed');
  expect(line).toContain('duplicate key');
  expect(line).not.toContain('ann@example.com');
});
