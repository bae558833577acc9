/**
 * Scenario F: what a page of the feed, a page of the inbox and a catching up cost when there is little in the
 * database, and when there is very much. Asked of the store itself, where nothing else hides a difference.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../apps/server/src/storage/sqlite/open.ts';
import type { Store } from '../apps/server/src/storage/store.ts';
import { type Line, line } from './table.ts';

interface ReadSize {
  likes: number;
  posts: number;
  people: number;
}

/** The smallest and the largest are compared. */
const READ_SIZES: ReadSize[] = [
  { likes: 1_000, posts: 100, people: 10 },
  { likes: 100_000, posts: 10_000, people: 1_000 },
  { likes: 1_000_000, posts: 100_000, people: 10_000 },
];

const ASKERS = 1_000;
const CALLS = 2_000;

const READS = ['feed page', 'inbox page', 'inbox:since'] as const;

/** Microseconds per call, by what is read. */
export type ReadTimes = Record<(typeof READS)[number], number>;

/**
 * @param rounds how often all sizes are measured, one after the other
 * @returns for each size its rounds
 */
export async function measureReads(rounds: number): Promise<ReadTimes[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'live-likes-reads-'));
  try {
    const stores = await Promise.all(READ_SIZES.map((size, i) => filledStore(join(folder, `${i}.db`), size)));
    const times = READ_SIZES.map(() => [] as ReadTimes[]);
    for (let round = 0; round < rounds; round += 1) {
      for (const [i, { store }] of stores.entries())
        times[i]?.push(await timeReads(store, READ_SIZES[i] as ReadSize));
    }
    for (const { close } of stores) close();
    return times;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The largest beside the smallest. */
export function readLines(times: readonly ReadTimes[][]): Line[] {
  return READS.map((name) => {
    const row = { title: `${name} at 1,000,000 likes, against at 1,000`, unit: 'µs', goal: { atMost: 1.3 } };
    const of = (size: ReadTimes[] | undefined) => (size ?? []).map((one) => one[name]);
    return line('F', row, of(times.at(-1)), of(times[0]));
  });
}

/** Every person writes as many posts, and every post has as many likes, of people next to each other. */
async function filledStore(path: string, { likes, posts, people }: ReadSize) {
  (await openSqlite(path)).close();
  const db = new DatabaseSync(path);
  const perPost = likes / posts;
  const numbers = (count: number) =>
    `WITH RECURSIVE numbers (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM numbers WHERE i + 1 < ${count})`;
  const user = (i: string) => `'person' || (${i})`;
  const post = (i: string) => `printf('%08d', ${i})`;
  const time = '2026-01-01T00:00:00.000Z';
  db.exec(`
    BEGIN;
    INSERT INTO user (id, name, username, email, emailVerified, createdAt, updatedAt) ${numbers(people)}
      SELECT ${user('i')}, 'Person ' || i, 'person' || i, i || '@bench.invalid', 0, '${time}', '${time}' FROM numbers;
    INSERT INTO post (id, author_id, body, created_at, like_count, rev) ${numbers(posts)}
      SELECT ${post('i')}, ${user(`i % ${people}`)}, 'What a person writes in a minute.', i, ${perPost}, ${perPost}
      FROM numbers;
    INSERT INTO likes (post_id, user_id, liked, rev, alert_seq) ${numbers(posts)}, own (k) AS
        (SELECT 0 UNION ALL SELECT k + 1 FROM own WHERE k + 1 < ${perPost})
      SELECT ${post('i')}, ${user(`(i + 1 + k) % ${people}`)}, 1, k + 1, i / ${people} + 1 FROM numbers, own;
    INSERT INTO notification
        (id, recipient_id, kind, post_id, seq, updated_at, count, new_count, read_seq, removed) ${numbers(posts)}
      SELECT 'n' || i, ${user(`i % ${people}`)}, 'like', ${post('i')}, i / ${people} + 1, i, ${perPost}, ${perPost}, 0, 0
      FROM numbers;
    INSERT INTO inbox (user_id, seq, unread, last_at)
      SELECT recipient_id, max(seq), count(*), max(updated_at) FROM notification GROUP BY recipient_id;
    COMMIT;`);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  return openSqlite(path);
}

async function timeReads(store: Store, { people }: ReadSize): Promise<ReadTimes> {
  const asker = (i: number) => `person${i % Math.min(ASKERS, people)}`;
  return {
    'feed page': await timeOf((i) => store.posts(asker(i), { limit: 20 })),
    'inbox page': await timeOf((i) => store.inboxPage(asker(i), { limit: 20 })),
    'inbox:since': await timeOf((i) => store.inboxSince(asker(i), { epoch: store.epoch, since: 0 })),
  };
}

async function timeOf(read: (i: number) => Promise<unknown>): Promise<number> {
  for (let i = 0; i < CALLS / 10; i += 1) await read(i);
  const start = performance.now();
  for (let i = 0; i < CALLS; i += 1) await read(i);
  return ((performance.now() - start) * 1_000) / CALLS;
}
