import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Post } from '@live-likes/contract';
import { kyselyOver } from '../../src/storage/sqlite/dialect.ts';
import { migrate } from '../../src/storage/sqlite/migrations.ts';
import { storeOver } from '../../src/storage/sqlite/open.ts';
import type { Store } from '../../src/storage/store.ts';

const TABLES = ['history', 'post', 'likes', 'inbox', 'notification'] as const;

export interface NotificationRow {
  id: string;
  recipient: string;
  post: string;
  seq: number;
  count: number;
  newCount: number;
  removed: number;
}

export type FeedPost = Pick<Post, 'id' | 'liked' | 'likeCount' | 'rev'>;

/** The real tables and the real store, in memory, so that a schedule costs no disk. */
export class ModelDatabase {
  readonly #db: DatabaseSync;
  readonly #directory: string;
  #history: { close(): void } | undefined;

  private constructor(db: DatabaseSync) {
    this.#db = db;
    this.#directory = mkdtempSync(join(tmpdir(), 'live-likes-model-'));
  }

  static async open(userIds: readonly string[]): Promise<ModelDatabase> {
    const db = new PreparingOnce(':memory:');
    await migrate(kyselyOver(db));
    const insert = db.prepare(`
      INSERT INTO user (id, name, username, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, ?, 0, '', '')`);
    for (const id of userIds) insert.run(id, id, id, `${id}@example.com`);
    db.exec("ATTACH ':memory:' AS copy");
    for (const table of TABLES)
      db.exec(`CREATE TABLE copy.${table} AS SELECT * FROM main.${table} WHERE false`);
    return new ModelDatabase(db);
  }

  /** As new, with nothing but the users. */
  clear() {
    this.#db.exec(
      [...TABLES]
        .toReversed()
        .map((table) => `DELETE FROM main.${table}; DELETE FROM copy.${table};`)
        .join(''),
    );
  }

  addPost(id: string, author: string): string {
    this.#db
      .prepare('INSERT INTO post (id, author_id, body, created_at) VALUES (?, ?, ?, 0)')
      .run(id, author, id);
    return id;
  }

  /** What a page is told of the posts when it fetches them. */
  feed(user: string): FeedPost[] {
    const rows = this.#db
      .prepare(
        `SELECT p.id, p.like_count AS likeCount, p.rev, coalesce(l.liked, 0) AS liked
         FROM post p LEFT JOIN likes l ON l.post_id = p.id AND l.user_id = ?`,
      )
      .all(user) as unknown as (Omit<FeedPost, 'liked'> & { liked: number })[];
    return rows.map((row) => ({ ...row, liked: row.liked === 1 }));
  }

  /** What a process does with the file when it starts. */
  start(now: () => number): Store {
    this.#history?.close();
    const { store, history } = storeOver(this.#db, join(this.#directory, 'mark'), now);
    this.#history = history;
    return store;
  }

  /** Sets a copy of the file aside. */
  backUp() {
    this.#db.exec(
      TABLES.map(
        (table) => `DELETE FROM copy.${table}; INSERT INTO copy.${table} SELECT * FROM main.${table};`,
      ).join(''),
    );
  }

  /** Puts the copy back, while no process runs. */
  restore() {
    for (const table of [...TABLES].toReversed()) this.#db.exec(`DELETE FROM main.${table}`);
    for (const table of TABLES) this.#db.exec(`INSERT INTO main.${table} SELECT * FROM copy.${table}`);
  }

  posts() {
    return this.#db
      .prepare(
        `SELECT id, like_count AS likeCount,
           (SELECT count(*) FROM likes WHERE post_id = post.id AND liked = 1) AS likes FROM post`,
      )
      .all() as { id: string; likeCount: number; likes: number }[];
  }

  likes() {
    return this.#db.prepare('SELECT post_id AS post, user_id AS user FROM likes WHERE liked = 1').all() as {
      post: string;
      user: string;
    }[];
  }

  notifications(recipient: string): NotificationRow[] {
    return this.#db
      .prepare(
        `SELECT id, recipient_id AS recipient, post_id AS post, seq, count, new_count AS newCount, removed
         FROM notification WHERE recipient_id = ? AND removed = 0`,
      )
      .all(recipient) as unknown as NotificationRow[];
  }

  inbox(user: string): { seq: number; unread: number } {
    return (this.#db.prepare('SELECT seq, unread FROM inbox WHERE user_id = ?').get(user) ?? {
      seq: 0,
      unread: 0,
    }) as { seq: number; unread: number };
  }

  close() {
    this.#history?.close();
    this.#db.close();
    rmSync(this.#directory, { recursive: true });
  }
}

/** A process that starts prepares its statements; thousands of them prepare the same ones. */
class PreparingOnce extends DatabaseSync {
  readonly #statements = new Map<string, StatementSync>();

  override prepare(sql: string): StatementSync {
    const statement = this.#statements.get(sql) ?? super.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
