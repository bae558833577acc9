import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');
/** Makes a start take two thirds of the time. */
const COMPILE_CACHE = join(tmpdir(), 'live-likes-compile-cache');
const running: ChildProcess[] = [];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'live-likes-process-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

/** The server as a process of its own, with nothing but `env` in its environment. */
function start(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    cwd: directory,
    env: { PORT: '0', LOG_LEVEL: 'silent', NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const output = { out: '', err: '' };
  child.stdout.on('data', (data) => (output.out += data));
  child.stderr.on('data', (data) => (output.err += data));
  const exited = once(child, 'close').then(([code]) => ({ code: code as number, ...output }));
  const ready = Promise.race([
    (async () => {
      while (!output.out.includes('\n')) await once(child.stdout, 'data');
      return /^Live Likes is ready at (\S+)\n$/.exec(output.out)?.[1] ?? output.out;
    })(),
    exited.then(({ err }) => {
      throw new Error(err);
    }),
  ]);
  ready.catch(() => undefined);
  return { child, ready, exited };
}

test.each([
  ['PORT', 'http', 'PORT must be a whole number from 0 to 65535, not "http".'],
  ['PORT', '70000', 'PORT must be a whole number from 0 to 65535, not "70000".'],
  ['HOST', 'no such host', /^HOST no such host with PORT 0 cannot be listened on \(\w+\)\.$/],
  [
    'DATABASE_URL',
    'mysql://localhost/x',
    'DATABASE_URL must be file:PATH or postgres://USER:PASSWORD@HOST/DATABASE, not "mysql://localhost/x".',
  ],
  ['DATABASE_URL', 'postgres://user:se/cr@et@localhost/x', /not "postgres:\/\/\*\*\*@localhost\/x"\.$/],
  ['DATABASE_URL', 'postgresql://localhost', /^DATABASE_URL must be .+, not "postgresql:\/\/localhost"\.$/],
  [
    'DATABASE_URL',
    'postgres://user:secret@localhost/x',
    /^AUTH_SECRET must be set, since DATABASE_URL names a PostgreSQL: [^."]+\.$/,
  ],
  [
    'DATABASE_URL',
    'file:/proc/live-likes/x.db',
    /^DATABASE_URL: the database file \/proc\/live-likes\/x\.db cannot be opened or written \(.+\)\.$/,
  ],
  ['PUBLIC_URL', 'likes.example.com', /^PUBLIC_URL must be an http or https address/],
  ['PUBLIC_URL', 'https://x.example/likes', /^PUBLIC_URL must be an http or https address without a path/],
  ['ADMIN_USERS', 'ops,', /^ADMIN_USERS must be a comma-separated list of usernames, not "ops,"\.$/],
  ['ALLOWED_ORIGINS', 'https://a.example/path', /^ALLOWED_ORIGINS must be a comma-separated list of origins/],
  ['AUTH_SECRET', 'short', /^AUTH_SECRET must be at least 32 characters/],
  ['DEMO', 'yes', 'DEMO must be 0 or 1, not "yes".'],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL must be one of/],
])('the wrong setting %s=%s stops the start with one sentence', async (name, value, sentence) => {
  const { code, err, out } = await start({ [name]: value }).exited;
  expect(code).toBe(1);
  expect(err.trimEnd()).toMatch(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(out).toBe('');
});

test('an AUTH_SECRET that is wrong is not printed', async () => {
  expect((await start({ AUTH_SECRET: 'short' }).exited).err).not.toContain('short');
});

test.each([
  [
    'postgres://user:secret@127.0.0.1:1/x',
    /^DATABASE_URL: the database postgres:\/\/\*\*\*@127\.0\.0\.1:1\/x cannot/,
  ],
  [
    'postgresql://user@no-such-host.invalid/x?password=secret',
    /x\?password=\*\*\* cannot be reached or used \(.+\)\.$/,
  ],
])('a database that cannot be reached, %s, stops the start with one sentence', async (url, sentence) => {
  const { code, err, out } = await start({ DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(32) }).exited;
  expect(code).toBe(1);
  expect(err.trimEnd()).toMatch(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(err + out).not.toContain('secret');
});

test('a file that is no database is left as it is', async () => {
  const path = join(directory, 'notes.txt');
  writeFileSync(path, 'these are my notes, not a database. '.repeat(100));
  const { code, err } = await start({ DATABASE_URL: `file:${path}` }).exited;
  expect(code).toBe(1);
  expect(err).toMatch(/^DATABASE_URL: the database file .+notes\.txt cannot be opened or written/);
  expect(readFileSync(path, 'utf8')).toMatch(/^these are my notes/);
});

test('a port that is taken stops the start with one sentence and touches no file', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, err } = await start({ PORT: String(port) }).exited;
  other.close();
  expect(code).toBe(1);
  expect(err).toBe(`PORT ${port} is already in use: stop the other program or set PORT to a free one.\n`);
  expect(existsSync(join(directory, 'data'))).toBe(false);
});

test('without any setting it makes its database and secret, and stops cleanly', async () => {
  const { child, ready, exited } = start({});
  const url = await ready;
  expect(url).toMatch(/^http:\/\/localhost:\d+$/);
  const health = await fetch(`${url}/healthz`);
  expect(health.status).toBe(200);
  // Proxies keep idle connections for up to a minute: it is not the server that closes one as a call arrives.
  expect(health.headers.get('keep-alive')).toBe('timeout=65');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(statSync(join(directory, 'data/live-likes.db.secret')).mode & 0o777).toBe(0o600);
  child.kill('SIGTERM');
  expect(await exited).toMatchObject({ code: 0, err: '' });
});

test('what was acknowledged is there after kill -9', async () => {
  const database = { DATABASE_URL: `file:${join(directory, 'live.db')}` };
  const first = start(database);
  const url = await first.ready;
  const signIn = { username: 'bob', password: 'live-likes-demo' };
  const headers = { 'content-type': 'application/json', cookie: '' };
  const login = await fetch(`${url}/api/auth/sign-in/username`, {
    method: 'POST',
    headers,
    body: JSON.stringify(signIn),
  });
  headers.cookie = login.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
  const { posts } = (await (await fetch(`${url}/api/posts`, { headers })).json()) as {
    posts: { id: string }[];
  };
  await fetch(`${url}/api/posts/${posts[0]!.id}/like`, { method: 'PUT', headers });
  first.child.kill('SIGKILL');
  await first.exited;

  const second = start(database);
  const again = await fetch(`${await second.ready}/api/posts/${posts[0]!.id}`, { headers });

  expect(await again.json()).toMatchObject({ likeCount: 1, liked: true });
});

test('a secret that was cut short is refused, not replaced by a guessable one', async () => {
  writeFileSync(join(directory, 'live.db.secret'), '');
  const { code, err } = await start({ DATABASE_URL: `file:${join(directory, 'live.db')}` }).exited;
  expect(code).toBe(1);
  expect(err).toMatch(/live\.db\.secret holds no secret of at least 32 characters; remove it/);
});
