import { type Kysely, type Migration, sql } from 'kysely';

export const announcementReports: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      sql`ALTER TABLE announcement ADD COLUMN recipients INTEGER NOT NULL DEFAULT 0`,
      sql`UPDATE announcement SET recipients = CASE
        WHEN audience IS NOT NULL THEN json_array_length(audience)
        ELSE (SELECT count(*) FROM user WHERE createdAt <= strftime('%Y-%m-%dT%H:%M:%fZ', created_at / 1000.0, 'unixepoch'))
        END`,
      sql`CREATE INDEX notification_announcement ON notification (announcement_id, new_count)
        WHERE announcement_id IS NOT NULL`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
