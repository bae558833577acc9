import { type Kysely, type Migration, sql } from 'kysely';
import { skeletonOf } from '../../../names.ts';

/** No two people get names that can be taken for each other, whoever writes. Those that there were may stay. */
export const lookalikes: Migration = {
  async up(db: Kysely<unknown>) {
    const taken = (others: ReturnType<typeof sql>) => sql`EXISTS (
      SELECT 1 FROM user WHERE (nameSkeleton IN (new.nameSkeleton, new.usernameSkeleton)
        OR usernameSkeleton IN (new.nameSkeleton, new.usernameSkeleton)) ${others})`;
    const refuse = sql`BEGIN SELECT RAISE(ABORT, 'This name looks like another one.'); END`;
    const statements = [
      sql`ALTER TABLE user ADD COLUMN nameSkeleton TEXT`,
      sql`ALTER TABLE user ADD COLUMN usernameSkeleton TEXT`,
      sql`CREATE INDEX user_name_skeleton ON user (nameSkeleton)`,
      sql`CREATE INDEX user_username_skeleton ON user (usernameSkeleton)`,
    ];
    for (const statement of statements) await statement.execute(db);

    const people = await sql<{ id: string; name: string; username: string | null }>`
      SELECT id, name, username FROM user`.execute(db);
    for (const { id, name, username } of people.rows) {
      await sql`UPDATE user SET nameSkeleton = ${skeletonOf(name)},
        usernameSkeleton = ${username && skeletonOf(username)} WHERE id = ${id}`.execute(db);
    }

    await sql`CREATE TRIGGER new_name_is_its_own BEFORE INSERT ON user WHEN ${taken(sql``)} ${refuse}`.execute(
      db,
    );
    await sql`CREATE TRIGGER changed_name_is_its_own BEFORE UPDATE OF nameSkeleton, usernameSkeleton ON user
      WHEN ${taken(sql`AND id <> new.id`)} ${refuse}`.execute(db);
  },
};
