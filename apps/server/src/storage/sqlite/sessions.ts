import type { DatabaseSync } from 'node:sqlite';
import type { User } from '@live-likes/contract';
import type { Store } from '../store.ts';
import { guarded } from './connection.ts';
import { userJson } from './rows.ts';

/** What the account library keeps of sessions, whose times are ISO 8601. */
export function sessionStore(db: DatabaseSync): Pick<Store, 'login' | 'livingSessions'> {
  const login = db.prepare(`
    SELECT s.id, ${userJson('u')} AS user FROM session s JOIN user u ON u.id = s.userId
    WHERE s.token = ? AND s.expiresAt > ?`);
  const living = db.prepare(
    'SELECT id FROM session WHERE id IN (SELECT value FROM json_each(?)) AND expiresAt > ?',
  );
  const now = () => new Date().toISOString();

  return {
    login: (token) =>
      guarded(() => {
        const row = login.get(token, now()) as { id: string; user: string } | undefined;
        return row ? { sessionId: row.id, user: JSON.parse(row.user) as User } : null;
      }),

    livingSessions: (ids) =>
      guarded(() => {
        const rows = living.all(JSON.stringify(ids), now()) as { id: string }[];
        return new Set(rows.map(({ id }) => id));
      }),
  };
}
