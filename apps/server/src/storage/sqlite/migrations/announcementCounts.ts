import { type Kysely, type Migration, sql } from 'kysely';

/** How many have an announcement and how many have read it: counted as it happens, not at every look. */
export const announcementCounts: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      sql`ALTER TABLE announcement ADD COLUMN delivered INTEGER NOT NULL DEFAULT 0`,
      sql`ALTER TABLE announcement ADD COLUMN read INTEGER NOT NULL DEFAULT 0`,
      sql`UPDATE announcement SET
        delivered = (SELECT count(*) FROM notification n WHERE n.announcement_id = announcement.id),
        read = (SELECT count(*) FROM notification n WHERE n.announcement_id = announcement.id AND n.new_count = 0)`,
      sql`DROP INDEX notification_announcement`,
    ];
    for (const statement of statements) await statement.execute(db);
  },
};
