import { type Kysely, type Migration, sql } from 'kysely';

/** Whoever is banned has no session and gets none, whichever process writes. */
export const bans: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      sql`ALTER TABLE user ADD COLUMN banned INTEGER NOT NULL DEFAULT 0`,
      sql`CREATE TRIGGER ban_ends_sessions AFTER UPDATE OF banned ON user WHEN new.banned = 1
        BEGIN DELETE FROM session WHERE userId = new.id; END`,
      sql`CREATE TRIGGER ban_keeps_sessions_away BEFORE INSERT ON session
        WHEN (SELECT banned FROM user WHERE id = new.userId) = 1
        BEGIN SELECT RAISE(ABORT, 'This account is banned.'); END`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
