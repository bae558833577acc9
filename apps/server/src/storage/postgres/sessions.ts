import type { User } from '@live-likes/contract';
import type { Store } from '../store.ts';
import type { Database, Statement } from './connection.ts';
import { userJson } from './rows.ts';

const login: Statement = {
  name: 'login',
  text: `
    SELECT s.id AS "sessionId", ${userJson('u')} AS user FROM session s JOIN "user" u ON u.id = s."userId"
    WHERE s.token = $1 AND s."expiresAt" > $2`,
};
const living: Statement = {
  name: 'living_sessions',
  text: 'SELECT id FROM session WHERE id = ANY ($1) AND "expiresAt" > $2',
};

/** What the account library keeps of sessions. */
export function sessionStore(db: Database): Pick<Store, 'login' | 'livingSessions'> {
  return {
    async login(token) {
      const [row] = await db.rows<{ sessionId: string; user: User }>(login, [token, new Date()]);
      return row ?? null;
    },

    async livingSessions(ids) {
      const rows = await db.rows<{ id: string }>(living, [ids, new Date()]);
      return new Set(rows.map(({ id }) => id));
    },
  };
}
