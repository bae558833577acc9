import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSqlite, storeOver } from './open.ts';

const directory = mkdtempSync(join(tmpdir(), 'live-likes-plans-'));
const path = join(directory, 'plans.db');
/** Every statement of the store, with the steps that SQLite takes for it. */
let plans: { sql: string; steps: string[] }[] = [];

class Recording extends DatabaseSync {
  readonly statements: string[] = [];

  override prepare(sql: string) {
    this.statements.push(sql);
    return super.prepare(sql);
  }

  planOf(sql: string): string[] {
    return super
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail));
  }
}

beforeAll(async () => {
  (await openSqlite(path)).close();
  const db = new Recording(path);
  const { history } = storeOver(db, `${path}.mark`);
  plans = db.statements
    .filter((sql) => !sql.startsWith('PRAGMA'))
    .map((sql) => ({ sql: sql.replaceAll(/\s+/g, ' ').trim(), steps: db.planOf(sql) }));
  history.close();
  db.close();
});

afterAll(() => rmSync(directory, { recursive: true }));

/** Of the statement that contains this, however often it is prepared. */
function planOf(part: string): string[] {
  const [first, ...others] = plans.filter(({ sql }) => sql.includes(part)).map(({ steps }) => steps);
  for (const other of others) expect(other).toEqual(first);
  return first ?? [];
}

test('no statement reads a whole table but the one that counts the people, nor an index but that of what is undelivered', () => {
  const scans = plans.flatMap(({ sql, steps }) =>
    steps
      .filter((step) => /^SCAN (?!.*VIRTUAL TABLE|CONSTANT ROW|\(subquery|history)/.test(step))
      .map((step) => `${step}: ${sql.slice(0, 60)}`),
  );
  expect(scans).toMatchInlineSnapshot(`
    [
      "SCAN user USING COVERING INDEX user_username_skeleton: SELECT count(*) AS n FROM user",
      "SCAN announcement USING COVERING INDEX announcement_undelivered: SELECT id FROM announcement WHERE done = 0 ORDER BY id",
      "SCAN user USING COVERING INDEX user_username_skeleton: SELECT count(*) AS n FROM user",
    ]
  `);
});

test('a page of the feed is a stretch of an index', () => {
  expect(planOf('WHERE p.id < ? ORDER BY p.id DESC')).toMatchInlineSnapshot(`
    [
      "SEARCH p USING INDEX sqlite_autoindex_post_1 (id<?)",
      "SEARCH u USING INDEX sqlite_autoindex_user_1 (id=?)",
      "SEARCH l USING PRIMARY KEY (post_id=? AND user_id=?) LEFT-JOIN",
    ]
  `);
});

test('a page of the inbox is a stretch of an index', () => {
  expect(planOf('n.recipient_id = ? AND n.removed = 0 AND n.updated_at < ?')).toMatchInlineSnapshot(`
    [
      "SEARCH n USING INDEX notification_newest (recipient_id=? AND updated_at<?)",
      "SEARCH p USING INDEX sqlite_autoindex_post_1 (id=?) LEFT-JOIN",
      "SEARCH a USING INDEX sqlite_autoindex_announcement_1 (id=?) LEFT-JOIN",
    ]
  `);
});

test('what is new in an inbox is a stretch of an index', () => {
  expect(planOf('n.recipient_id = ? AND n.seq > ? ORDER BY n.seq')).toMatchInlineSnapshot(`
    [
      "SEARCH n USING INDEX notification_seq (recipient_id=? AND seq>?)",
      "SEARCH p USING INDEX sqlite_autoindex_post_1 (id=?) LEFT-JOIN",
      "SEARCH a USING INDEX sqlite_autoindex_announcement_1 (id=?) LEFT-JOIN",
    ]
  `);
});

test('those who like a post, and those whom a notification names, are a stretch of an index', () => {
  expect(planOf('AS liker')).toMatchInlineSnapshot(`
    [
      "SEARCH l USING COVERING INDEX likes_newest (post_id=? AND rev<?)",
      "SEARCH u USING INDEX sqlite_autoindex_user_1 (id=?)",
    ]
  `);
  expect(planOf('l.user_id <> ? ORDER BY l.rev DESC LIMIT 3')).toMatchInlineSnapshot(`
    [
      "SEARCH l USING COVERING INDEX likes_newest (post_id=?)",
      "SEARCH u USING INDEX sqlite_autoindex_user_1 (id=?)",
    ]
  `);
});
