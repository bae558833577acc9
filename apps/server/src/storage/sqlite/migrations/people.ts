import { type Kysely, type Migration, sql } from 'kysely';

/** Muted posts, profiles and settings. */
export const people: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      // By its author, who alone is told of its likes.
      sql`ALTER TABLE post ADD COLUMN muted INTEGER NOT NULL DEFAULT 0`,
      sql`CREATE INDEX post_author ON post (author_id, id)`,
      sql`CREATE TABLE settings (user_id TEXT PRIMARY KEY REFERENCES user (id), value TEXT NOT NULL) WITHOUT ROWID`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
