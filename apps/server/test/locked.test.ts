import { DatabaseSync } from 'node:sqlite';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, expect, test } from 'vitest';
import { useServer } from './setup.ts';

/** A wait for the lock inside of SQLite would hold the event loop for a whole second; some 20 ms are usual. */
const BLOCKED_MAX_MS = 700;

const t = useServer();
let other: DatabaseSync | undefined;
afterAll(() => other?.close());

/** What another process does that writes to the same file. */
function lock() {
  other ??= new DatabaseSync(t.server.databasePath);
  other.exec('BEGIN IMMEDIATE');
  return { release: () => other?.exec('ROLLBACK') };
}

test('while another process holds the database, nothing is stored, reads go on and nothing blocks', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('a post');
  const client = await bob.client();
  client.seen([post]);
  const held = lock();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();

  const writes = await Promise.all([
    ...Array.from({ length: 20 }, () => bob.call('PUT', `/api/posts/${post.id}/like`)),
    alice.call('POST', '/api/posts', { body: 'another post' }),
    alice.call('POST', '/api/inbox/read', { ids: ['any'] }),
  ]);
  const read = await alice.call('GET', '/api/posts');
  delay.disable();
  held.release();

  for (const answer of writes) {
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 1_000 });
  }
  expect(read.status).toBe(200);
  expect(delay.max / 1e6).toBeLessThan(BLOCKED_MAX_MS);
  expect((await bob.call('PUT', `/api/posts/${post.id}/like`)).status).toBe(200);
});

test('a short lock is waited for, and nobody notices', async () => {
  const [alice, bob] = await Promise.all([t.person('alice'), t.person('bob')]);
  const post = await alice.post('another post');
  const held = lock();
  const answer = bob.call('PUT', `/api/posts/${post.id}/like`);
  const read = await bob.call('GET', `/api/posts/${post.id}`);
  expect(await read.json()).toMatchObject({ likeCount: 0 });
  held.release();
  expect(await (await answer).json()).toMatchObject({ liked: true, likeCount: 1 });
});
