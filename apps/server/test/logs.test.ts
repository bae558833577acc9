import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { io } from 'socket.io-client';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../src/log.ts';
import { callAs, cookieOf } from './harness.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const SECRETS = {
  password: 'correct horse battery',
  wrong: 'wrong horse battery',
  body: 'words that are nobody elses business',
  forged: 'forged-token.forged-signature',
  address: '203.0.113.77',
};
const FROM_THERE = { 'x-forwarded-for': SECRETS.address };

test(
  'no line of the log holds a secret, and a failure is found by the id in its answer',
  { timeout: 60_000 },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'live-likes-logs-'));
    const child = spawn(process.execPath, [MAIN], {
      cwd: directory,
      env: { PORT: '0', LOG_LEVEL: 'trace', DATABASE_URL: 'file:live.db', TRUST_PROXY: '1' },
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
      rmSync(directory, { recursive: true });
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    while (!output.includes('ready at')) await once(child.stdout, 'data');
    const url = /ready at (\S+)/.exec(output)?.[1] ?? '';

    const account = { name: 'Erin', username: 'erin', email: 'erin@example.com', password: SECRETS.password };
    const signUp = await callAs('', `${url}/api/auth/sign-up/email`, 'POST', account, FROM_THERE);
    const cookie = cookieOf(signUp);
    const call = (method: string, path: string, body?: unknown) =>
      callAs(cookie, url + path, method, body, FROM_THERE);
    const post = (await (await call('POST', '/api/posts', { body: SECRETS.body })).json()) as { id: string };
    await call('POST', '/api/auth/sign-up/email', account);
    await call('POST', '/api/auth/sign-in/username', { username: 'erin', password: SECRETS.wrong });
    await call('POST', '/api/auth/sign-in/email', { email: 'erin@example.com', password: SECRETS.password });
    await call('POST', '/api/posts', { body: SECRETS.body.repeat(3_000) });
    await call('POST', '/api/posts', { body: SECRETS.body, more: SECRETS.body });
    await fetch(`${url}/api/posts`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: `{"body": "${SECRETS.body}`,
    });
    await callAs(`live-likes.session_token=${SECRETS.forged}`, `${url}/api/posts`, 'GET');
    const socket = io(url, { extraHeaders: { cookie, ...FROM_THERE }, transports: ['websocket'] });
    onTestFinished(() => void socket.disconnect());
    await new Promise((resolve) => socket.once('session:ready', resolve));

    for (const file of ['live.db', 'live.db-wal'])
      expect(readFileSync(join(directory, file)).includes(SECRETS.address)).toBe(false);

    // What nobody foresees: a table is gone.
    const db = new DatabaseSync(join(directory, 'live.db'), { timeout: 5_000 });
    db.exec('ALTER TABLE post RENAME TO gone; ALTER TABLE account RENAME TO gone_too');
    db.close();
    const failures: (string | undefined)[] = [];
    for (const [method, path, body] of [
      ['POST', '/api/posts', { body: SECRETS.body }],
      ['GET', `/api/posts/${post.id}`],
      ['POST', '/api/auth/sign-in/username', { username: 'erin', password: SECRETS.password }],
    ] as const) {
      const answer = await call(method, path, body);
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toMatch(/no such table|SELECT|INSERT|node_modules|at /i);
      failures.push(answer.headers.get('x-request-id') ?? undefined);
    }
    const refusal = (await socket.emitWithAck('posts:watch', { postIds: [post.id] })) as {
      error: { code: string; requestId: string };
    };
    expect(refusal.error).toMatchObject({ code: 'INTERNAL', requestId: socket.id });

    const lines = () => output.split('\n').filter((line) => line.includes('"level"'));
    for (const id of [...failures, refusal.error.requestId])
      await expect.poll(() => lines().some((line) => line.includes(`"requestId":"${id}"`))).toBe(true);
    const tokens = cookie
      .split('=')
      .slice(1)
      .map((value) => value.split('.')[0] ?? '');
    for (const secret of [...Object.values(SECRETS), ...tokens, ...tokens.map(decodeURIComponent)])
      expect(output).not.toContain(secret);
  },
);

test('what is secret is left out wherever it stands', () => {
  let written = '';
  const log = createLog('trace', { write: (line) => (written += line) });
  const parts = { cookie: 'S', password: 'S', token: 'S', body: 'S', authorization: 'S', 'set-cookie': 'S' };
  log.info(
    {
      ...parts,
      req: { headers: parts, ...parts },
      err: Object.assign(new Error('x'), { ...parts, call: parts }),
    },
    'x',
  );
  expect(JSON.stringify(Object.values(JSON.parse(written) as object))).not.toContain('"S"');
});
