import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { User } from '@live-likes/contract';
import { fold } from '../fold.ts';
import type { Store } from '../store.ts';
import { guarded } from './connection.ts';
import { userJson } from './rows.ts';

/** People looked at in one go: few enough that a like in between waits unnoticed. */
const STEP = 1_000;
/** After every username. */
const END = '~';

export function peopleStore(db: DatabaseSync): Pick<Store, 'profile' | 'users'> {
  // SQLite's own `lower` knows the letters of ASCII alone.
  db.function('folded', { deterministic: true }, (text) => fold(String(text)));
  const profile = db.prepare(`
    SELECT ${userJson('u')} AS person, u.createdAt AS joined_at,
      (SELECT count(*) FROM post WHERE author_id = u.id) AS post_count
    FROM user u WHERE u.username = ?`);
  const search = db.prepare(`
    SELECT ${userJson('u')} AS person FROM user u
    WHERE u.username > ?1 AND u.username <= ?2 AND (instr(u.username, ?3) OR instr(folded(u.name), ?3))
    ORDER BY u.username LIMIT ?4`);
  const stepEnd = db.prepare(
    `SELECT username FROM user WHERE username > ? ORDER BY username LIMIT 1 OFFSET ${STEP - 1}`,
  );

  return {
    profile: (username) =>
      guarded(() => {
        const row = profile.get(username) as
          { person: string; joined_at: string; post_count: number } | undefined;
        if (!row) return null;
        return {
          user: JSON.parse(row.person) as User,
          joinedAt: new Date(row.joined_at).toISOString(),
          postCount: row.post_count,
        };
      }),

    async users(text, { before = '', limit }) {
      const rows: { person: string }[] = [];
      for (let from = before; from !== END && rows.length <= limit;) {
        if (from !== before) await nextTurn();
        from = await guarded(() => {
          const to = String(stepEnd.get(from)?.['username'] ?? END);
          const found = search.all(from, to, fold(text), limit + 1 - rows.length);
          rows.push(...(found as unknown as { person: string }[]));
          return to;
        });
      }
      const users = rows.slice(0, limit).map((row) => JSON.parse(row.person) as User);
      return { users, next: rows.length > limit ? (users.at(-1)?.username ?? null) : null };
    },
  };
}
