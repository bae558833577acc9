import { type Kysely, type Migration, sql } from 'kysely';

/**
 * What a like writes is what the speed of all depends on: the operation numbers move into its row, and of the
 * indexes only those stay whose work no other one can do.
 */
export const leanerLikes: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      sql`ALTER TABLE likes ADD COLUMN ops TEXT`,
      sql`INSERT INTO likes (post_id, user_id, liked, rev, ops)
        SELECT post_id, user_id, 0, 0, json_group_array(json_array(client, n, hour)) FROM like_op
        WHERE true GROUP BY post_id, user_id
        ON CONFLICT DO UPDATE SET ops = excluded.ops`,
      sql`DROP TABLE like_op`,
      sql`DROP INDEX likes_alerted`,
      sql`DROP INDEX likes_newest`,
      sql`CREATE INDEX likes_newest ON likes (post_id, rev, alert_seq) WHERE liked = 1`,
      // Without the seq, which grows with every like: it is left alone until the last one was read.
      sql`DROP INDEX notification_unread`,
      sql`CREATE INDEX notification_unread ON notification (recipient_id) WHERE new_count > 0`,
    ];
    const { rows } = await sql`SELECT 1 FROM sqlite_master WHERE name = 'like_op'`.execute(db);
    // It was done, and the process ended before that was written down.
    if (rows.length === 0) return;
    await sql`BEGIN IMMEDIATE`.execute(db);
    try {
      for (const statement of statements) await statement.execute(db);
      await sql`COMMIT`.execute(db);
    } catch (error) {
      await sql`ROLLBACK`.execute(db);
      throw error;
    }
  },
};
