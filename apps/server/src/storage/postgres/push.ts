import type { News, PushStore } from '../store.ts';
import type { Database, Statement } from './connection.ts';
import { lockUserOf } from './locks.ts';
import {
  NOTIFICATION_COLUMNS,
  NOTIFICATION_PARTS,
  type NotificationColumns,
  toNotification,
} from './rows.ts';

const OF_USER = 'FROM session s JOIN push_subscription p ON p.session_id = s.id WHERE s."userId" = $1';

/** Gets the newest id, also where the endpoint was registered before, for whomever. */
const insert: Statement = {
  name: 'add_push_subscription',
  text: `
    INSERT INTO push_subscription (session_id, endpoint, p256dh, auth) SELECT id, $2, $3, $4 FROM session WHERE id = $1
    ON CONFLICT (endpoint) DO UPDATE SET id = DEFAULT, session_id = excluded.session_id, p256dh = excluded.p256dh,
      auth = excluded.auth
    RETURNING id`,
};
const bound: Statement = {
  name: 'bound_push_subscriptions',
  text: `
    DELETE FROM push_subscription WHERE id IN (
      SELECT p.id FROM session own JOIN session s ON s."userId" = own."userId" JOIN push_subscription p ON p.session_id = s.id
      WHERE own.id = $1 ORDER BY p.id DESC OFFSET $2)`,
};
const end: Statement = {
  name: 'end_push_subscription',
  text: `DELETE FROM push_subscription WHERE id IN (SELECT p.id ${OF_USER} AND p.endpoint = $2)`,
};
const forget: Statement = {
  name: 'forget_push_subscription',
  text: 'DELETE FROM push_subscription WHERE endpoint = $1',
};
const ofUser: Statement = {
  name: 'push_subscriptions',
  text: `SELECT p.endpoint, p.p256dh, p.auth ${OF_USER} AND s."expiresAt" > $2 ORDER BY p.id`,
};
const due: Statement = {
  name: 'is_push_due',
  text: `
    SELECT EXISTS (SELECT 1 ${OF_USER} AND s."expiresAt" > $2 AND p.endpoint = $3)
      AND EXISTS (
        SELECT 1 FROM notification n LEFT JOIN post ON post.id = n.post_id
        WHERE n.id = $4 AND n.recipient_id = $1 AND n.new_count > 0 AND coalesce(post.muted, 0) = 0) AS due`,
};
const subscribers: Statement = {
  name: 'push_subscribers',
  text: `
    SELECT u.id FROM unnest($1::text[]) u (id) WHERE EXISTS (
      SELECT 1 FROM session s JOIN push_subscription p ON p.session_id = s.id
      WHERE s."userId" = u.id AND s."expiresAt" > $2)`,
};
/** One row at least; without news the columns of the notification are null. */
const news: Statement = {
  name: 'news',
  text: `
    SELECT coalesce(i.seq, 0) AS head_seq, coalesce(i.unread, 0) AS head_unread, n.told_at, ${NOTIFICATION_COLUMNS}
    FROM (SELECT 1) one LEFT JOIN inbox i ON i.user_id = $1 LEFT JOIN LATERAL (
      SELECT n.*, told.told_at FROM notification n LEFT JOIN post ON post.id = n.post_id,
      LATERAL (SELECT CASE n.kind WHEN 'like' THEN (
        SELECT l.alert_seq FROM likes l
        WHERE l.post_id = n.post_id AND l.liked = 1 AND l.alert_seq > n.read_seq AND l.alert_seq <= $3
        ORDER BY l.rev DESC LIMIT 1)
      ELSE n.seq END AS told_at) told
      WHERE n.recipient_id = $1 AND n.new_count > 0 AND n.seq > $2 AND told.told_at > $2 AND told.told_at <= $3
        AND post.muted IS DISTINCT FROM 1
      ORDER BY n.seq DESC LIMIT $4) n ON true ${NOTIFICATION_PARTS}
    ORDER BY n.seq DESC`,
};

export function pushStore(db: Database): PushStore {
  return {
    addPushSubscription: (sessionId, { endpoint, keys }, max) =>
      db.transaction(async (tx) => {
        const [, added] = await Promise.all([
          tx.rows(lockUserOf, [sessionId]),
          tx.rows(insert, [sessionId, endpoint, keys.p256dh, keys.auth]),
          tx.rows(bound, [sessionId, max]),
        ]);
        return added.length > 0;
      }),

    endPushSubscription: async (userId, endpoint) => void (await db.rows(end, [userId, endpoint])),

    forgetPushSubscription: async (endpoint) => void (await db.rows(forget, [endpoint])),

    async pushSubscriptions(userId, now) {
      const rows = await db.rows<{ endpoint: string; p256dh: string; auth: string }>(ofUser, [userId, now]);
      return rows.map(({ endpoint, ...keys }) => ({ endpoint, keys }));
    },

    async isPushDue(userId, { endpoint, notificationId }, now) {
      const [row] = await db.rows<{ due: boolean }>(due, [userId, now, endpoint, notificationId]);
      return row?.due === true;
    },

    async pushSubscribers(userIds, now) {
      const rows = await db.rows<{ id: string }>(subscribers, [userIds, now]);
      return rows.map(({ id }) => id);
    },

    async news(userId, { since, upTo }, limit): Promise<News> {
      const rows = await db.rows<NewsRow>(news, [userId, since, upTo, limit]);
      const [{ head_seq: seq, head_unread: unread }] = rows as [NewsRow];
      const items = rows
        .filter(({ id }) => id !== null)
        .map((row) => ({ notification: toNotification(row), toldAt: row.told_at }));
      return { items, seq, unread };
    },
  };
}

type NewsRow = NotificationColumns & { told_at: number; head_seq: number; head_unread: number };
