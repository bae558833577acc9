import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { addUsers } from '../../../test/addUsers.ts';
import { describeMutes } from '../muteStore.contract.ts';
import { describePeople } from '../peopleStore.contract.ts';
import { describeStore } from '../store.contract.ts';
import { openSqlite } from './open.ts';

const directory = mkdtempSync(join(tmpdir(), 'live-likes-store-'));
afterAll(() => rmSync(directory, { recursive: true }));

for (const [i, describe] of [describeStore, describeMutes, describePeople].entries()) {
  describe('SQLite', async () => {
    const storage = await openSqlite(join(directory, `contract${i}.db`));
    return {
      store: storage.store,
      addUser: (id, name) => addUsers(storage.accounts.db, [id, name]),
      close: async () => storage.close(),
    };
  });
}

/** One author with one like: its inbox is at seq 1. */
async function openWithLike(path: string) {
  const storage = await openSqlite(path);
  await addUsers(storage.accounts.db, ['ann'], ['bob']);
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

/** Back to what a database was before the newest changes of its form, the newest first. */
const WITHOUT_LEANER_LIKES = `
  CREATE TABLE like_op (
    post_id TEXT NOT NULL, user_id TEXT NOT NULL, client TEXT NOT NULL, n INTEGER NOT NULL,
    hour INTEGER NOT NULL, PRIMARY KEY (post_id, user_id, client)) WITHOUT ROWID;
  INSERT INTO like_op SELECT post_id, user_id, op.value ->> 0, op.value ->> 1, op.value ->> 2
    FROM likes, json_each(ops) op;
  ALTER TABLE likes DROP COLUMN ops;
  CREATE INDEX likes_alerted ON likes (post_id, alert_seq) WHERE liked = 1;
  CREATE INDEX like_op_hour ON like_op (hour);
  DELETE FROM kysely_migration WHERE name = '009_leaner_likes';`;
const WITHOUT_LOOKALIKES = `
  DROP TRIGGER new_name_is_its_own; DROP TRIGGER changed_name_is_its_own;
  DROP INDEX user_name_skeleton; DROP INDEX user_username_skeleton;
  ALTER TABLE user DROP COLUMN nameSkeleton; ALTER TABLE user DROP COLUMN usernameSkeleton;
  DELETE FROM kysely_migration WHERE name = '008_lookalikes';`;
const WITHOUT_BANS = `
  DROP TRIGGER ban_ends_sessions; DROP TRIGGER ban_keeps_sessions_away; ALTER TABLE user DROP COLUMN banned;
  DELETE FROM kysely_migration WHERE name = '007_bans';`;

test('the counts of announcements are made for a database that is older than they are', async () => {
  const path = join(directory, 'older.db');
  const storage = await openSqlite(path);
  await addUsers(storage.accounts.db, ['ann'], ['bob'], ['carol']);
  const id = 'tea';
  await storage.store.createAnnouncement(id, 'Tea at four', null);
  await storage.store.deliverAnnouncement(id, 2);
  await storage.store.markRead('ann', { epoch: storage.store.epoch, upTo: 1 });
  const counts = [{ id, recipients: 3, delivered: 2, read: 1 }];
  expect((await storage.store.announcements({ limit: 2 })).announcements).toMatchObject(counts);
  storage.close();

  const db = new DatabaseSync(path);
  db.exec(WITHOUT_LEANER_LIKES + WITHOUT_LOOKALIKES + WITHOUT_BANS);
  db.exec(`
    ALTER TABLE announcement DROP COLUMN delivered; ALTER TABLE announcement DROP COLUMN read;
    CREATE INDEX notification_announcement ON notification (announcement_id);
    DELETE FROM kysely_migration WHERE name = '006_announcement_counts'`);
  db.close();
  const newer = await openSqlite(path);
  expect((await newer.store.announcements({ limit: 2 })).announcements).toMatchObject(counts);
  newer.close();
});

test('operations that an older database remembers are remembered on', async () => {
  const path = join(directory, 'operations.db');
  const { storage, post } = await openWithLike(path);
  const request = (liked: boolean, client: string, n: number) => ({
    userId: 'bob',
    postId: post.id,
    liked,
    op: { client, n },
  });
  await storage.store.applyLikes([request(false, 'one', 7), request(true, 'two', 3)]);
  storage.close();

  const db = new DatabaseSync(path);
  db.exec(WITHOUT_LEANER_LIKES);
  db.exec(
    `INSERT INTO like_op VALUES ('${post.id}', 'ann', 'three', 1, ${Math.floor(Date.now() / 3_600_000)})`,
  );
  db.close();
  const newer = await openSqlite(path);
  const late = [request(false, 'one', 7), request(false, 'two', 2)];
  const ofAnother = { userId: 'ann', postId: post.id, liked: true, op: { client: 'three', n: 1 } };
  expect((await newer.store.applyLikes([...late, ofAnother])).outcomes).toMatchObject([
    { changed: false, state: { liked: true } },
    { changed: false, state: { liked: true } },
    { changed: false, state: { liked: false } },
  ]);
  expect(await newer.store.inboxSince('ann', null)).toMatchObject({ delta: { items: [{ count: 1 }] } });
  newer.close();
});

test('a change of form that broke off, or was not written down, is made at the next start', async () => {
  const path = join(directory, 'halfway.db');
  const { storage } = await openWithLike(path);
  storage.close();
  const change = (statements: string) => {
    const db = new DatabaseSync(path);
    db.exec(statements);
    db.close();
  };
  change(`${WITHOUT_LEANER_LIKES} DROP INDEX likes_newest;`);
  await expect(openSqlite(path)).rejects.toThrow('no such index: likes_newest');
  change('CREATE INDEX likes_newest ON likes (post_id, rev) WHERE liked = 1');
  (await openSqlite(path)).close();
  change(`DELETE FROM kysely_migration WHERE name = '009_leaner_likes'`);
  const again = await openSqlite(path);
  const db = new DatabaseSync(path);
  const index = db.prepare(`SELECT sql FROM sqlite_master WHERE name = 'likes_newest'`).get();
  db.close();
  expect(index).toMatchObject({ sql: expect.stringContaining('alert_seq') as string });
  expect(await again.store.inboxSince('ann', null)).toMatchObject({ delta: { items: [{ count: 1 }] } });
  again.close();
});

test('a search among very many people finds the last of them, and others go on meanwhile', async () => {
  const storage = await openSqlite(join(directory, 'crowd.db'));
  const name = (i: number) => `p${String(i).padStart(4, '0')}`;
  for (let i = 0; i < 5_000; i += 500) {
    await addUsers(storage.accounts.db, ...Array.from({ length: 500 }, (_, j) => [name(i + j)] as const));
  }
  await addUsers(storage.accounts.db, ['p1500a', 'Zoë'], ['z', 'Zoë']);
  const search = storage.store.users('ZOË', { limit: 2 }).then(({ users }) => users.map(({ id }) => id));
  expect(await Promise.race([search, nextTurn().then(() => 'others')])).toBe('others');
  expect(await search).toEqual(['p1500a', 'z']);
  const pages: string[] = [];
  for (let before = ''; ;) {
    const { users, next } = await storage.store.users('P', { limit: 600, before });
    pages.push(...users.map(({ id }) => id));
    if (next === null) break;
    before = next;
  }
  expect(pages).toHaveLength(5_001);
  expect(pages).toEqual([...new Set(pages)].toSorted());
  storage.close();
});

test('the files are readable by their owner alone, and every commit is synced', async () => {
  const path = join(directory, 'private.db');
  const { storage } = await openWithLike(path);
  for (const file of [path, `${path}-wal`, `${path}.mark`]) expect(statSync(file).mode & 0o077).toBe(0);
  storage.close();
});

test.each([
  ['below a file', () => join(directory, 'contract0.db', 'data', 'live.db')],
  ['in a folder of the kernel', () => '/proc/live-likes/live.db'],
  ['a folder', () => directory],
])('a path that is %s cannot be opened', async (_, path) => {
  await expect(openSqlite(path())).rejects.toThrow();
});

test('people who had the same name before keep it, and nobody new gets it', async () => {
  const path = join(directory, 'names.db');
  (await openSqlite(path)).close();
  const before = new DatabaseSync(path);
  before.exec(WITHOUT_LEANER_LIKES + WITHOUT_LOOKALIKES);
  const insert = (db: DatabaseSync, id: string, skeletons = '') =>
    db.exec(`INSERT INTO user (id, name, username, email, emailVerified, createdAt, updatedAt
      ${skeletons && ', nameSkeleton, usernameSkeleton'}) VALUES ('${id}', 'Ann', '${id}', '${id}', 0, '', '' ${skeletons})`);
  insert(before, 'first');
  insert(before, 'second');
  before.close();

  const storage = await openSqlite(path);
  const after = new DatabaseSync(path);
  expect(after.prepare('SELECT nameSkeleton AS name, usernameSkeleton AS username FROM user').all()).toEqual([
    { name: 'ann', username: 'flrst' },
    { name: 'ann', username: 'second' },
  ]);
  expect(() => insert(after, 'third', ", 'ann', 'thlrd'")).toThrow('looks like');
  after.exec(`UPDATE user SET nameSkeleton = 'rnary' WHERE id = 'second'`);
  after.close();
  storage.close();
});
