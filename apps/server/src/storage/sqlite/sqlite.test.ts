import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Kysely } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { describeStore } from '../store.contract.ts';
import { openSqlite } from './open.ts';

const directory = mkdtempSync(join(tmpdir(), 'live-likes-store-'));
afterAll(() => rmSync(directory, { recursive: true }));

interface Tables {
  user: Record<'id' | 'name' | 'email' | 'username' | 'createdAt' | 'updatedAt', string> & {
    emailVerified: number;
  };
}

async function addUser(accounts: Kysely<unknown>, id: string) {
  const now = new Date().toISOString();
  await (accounts as Kysely<Tables>)
    .insertInto('user')
    .values({
      id,
      name: id,
      username: id,
      email: `${id}@example.com`,
      emailVerified: 0,
      createdAt: now,
      updatedAt: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

describeStore('SQLite', async () => {
  const storage = await openSqlite(join(directory, 'contract.db'));
  return {
    store: storage.store,
    addUser: (id) => addUser(storage.accounts.db, id),
    close: async () => storage.close(),
  };
});

/** One author with one like: its inbox is at seq 1. */
async function openWithLike(path: string) {
  const storage = await openSqlite(path);
  for (const id of ['ann', 'bob']) await addUser(storage.accounts.db, id);
  const post = await storage.store.createPost({ authorId: 'ann', body: 'a post' });
  await storage.store.applyLikes([{ userId: 'bob', postId: post.id, liked: true, op: null }]);
  return { storage, post };
}

test('a restart keeps the epoch, the likes and the inbox', async () => {
  const path = join(directory, 'restart.db');
  const { storage } = await openWithLike(path);
  const before = await storage.store.inboxSince('ann', null);
  storage.close();
  const again = await openSqlite(path);
  expect(await again.store.inboxSince('ann', null)).toEqual(before);
  again.close();
});

test('an older copy of the file begins a new epoch', async () => {
  const path = join(directory, 'restored.db');
  const { storage, post } = await openWithLike(path);
  const { epoch } = storage.store;
  storage.close();
  copyFileSync(path, `${path}.copy`);
  const later = await openSqlite(path);
  await later.store.applyLikes([{ userId: 'bob', postId: post.id, liked: false, op: null }]);
  expect(later.store.epoch).toBe(epoch);
  later.close();
  copyFileSync(`${path}.copy`, path);
  const restored = await openSqlite(path);
  expect(restored.store.epoch).not.toBe(epoch);
  expect(await restored.store.inboxSince('ann', { epoch, since: 2 })).toMatchObject({
    delta: { reset: true, to: 1 },
  });
  restored.close();
});

test('a file that was moved without its mark begins a new epoch', async () => {
  const path = join(directory, 'moved.db');
  const { storage } = await openWithLike(path);
  const { epoch } = storage.store;
  storage.close();
  copyFileSync(path, `${path}.elsewhere`);
  const moved = await openSqlite(`${path}.elsewhere`);
  expect(moved.store.epoch).not.toBe(epoch);
  moved.close();
});

test('a lock of another process is UNAVAILABLE, and passes', async () => {
  const path = join(directory, 'locked.db');
  const { storage, post } = await openWithLike(path);
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  const unlike = () => storage.store.applyLikes([{ userId: 'bob', postId: post.id, liked: false, op: null }]);
  await expect(unlike()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterMs: 1_000 });
  expect(await storage.store.counts([post.id])).toMatchObject([{ likeCount: 1 }]);
  other.exec('ROLLBACK');
  other.close();
  expect(await unlike()).toMatchObject({ outcomes: [{ changed: true }] });
  storage.close();
});

test('the files are readable by their owner alone, and every commit is synced', async () => {
  const path = join(directory, 'private.db');
  const { storage } = await openWithLike(path);
  for (const file of [path, `${path}-wal`, `${path}.mark`]) expect(statSync(file).mode & 0o077).toBe(0);
  storage.close();
});

test.each([
  ['below a file', () => join(directory, 'contract.db', 'data', 'live.db')],
  ['in a folder of the kernel', () => '/proc/live-likes/live.db'],
  ['a folder', () => directory],
])('a path that is %s cannot be opened', async (_, path) => {
  await expect(openSqlite(path())).rejects.toThrow();
});
