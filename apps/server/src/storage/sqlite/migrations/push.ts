import { type Kysely, type Migration, sql } from 'kysely';

export const push: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      // The order of the ids is that of the registrations.
      sql`CREATE TABLE push_subscription (
        id INTEGER PRIMARY KEY, session_id TEXT NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        endpoint TEXT NOT NULL UNIQUE, p256dh TEXT NOT NULL, auth TEXT NOT NULL)`,
      sql`CREATE INDEX push_subscription_session ON push_subscription (session_id)`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
