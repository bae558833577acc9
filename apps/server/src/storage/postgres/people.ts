import type { User } from '@live-likes/contract';
import { fold } from '../fold.ts';
import type { Store } from '../store.ts';
import type { Database, Statement } from './connection.ts';
import { userJson } from './rows.ts';

/** People looked at in one go: few enough that a like in between waits unnoticed. */
const STEP = 1_000;

const profile: Statement = {
  name: 'profile',
  text: `
    SELECT ${userJson('u')} AS person, u."createdAt" AS joined_at,
      (SELECT count(*) FROM post WHERE author_id = u.id) AS post_count
    FROM "user" u WHERE u.username = $1`,
};
/** Compared here and not there: the letters that a database folds depend on how it was made. */
const people: Statement = {
  name: 'people',
  text: `
    SELECT u.id, u.username, u.name, u.image FROM "user" u WHERE u.username > $1
    ORDER BY u.username LIMIT ${STEP}`,
};

export function peopleStore(db: Database): Pick<Store, 'profile' | 'users'> {
  return {
    async profile(username) {
      const [row] = await db.rows<{ person: User; joined_at: Date; post_count: number }>(profile, [username]);
      if (!row) return null;
      return { user: row.person, joinedAt: row.joined_at.toISOString(), postCount: row.post_count };
    },

    async users(text, { before = '', limit }) {
      const wanted = fold(text);
      const found: User[] = [];
      let from: string | undefined = before;
      while (from !== undefined && found.length <= limit) {
        const step: User[] = await db.rows<User>(people, [from]);
        found.push(
          ...step.filter(({ username, name }) => username.includes(wanted) || fold(name).includes(wanted)),
        );
        from = step.length === STEP ? step.at(-1)?.username : undefined;
      }
      const users = found.slice(0, limit);
      return { users, next: found.length > limit ? (users.at(-1)?.username ?? null) : null };
    },
  };
}
