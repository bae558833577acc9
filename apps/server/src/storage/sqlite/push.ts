import type { DatabaseSync } from 'node:sqlite';
import type { PushSubscriptionData } from '@live-likes/contract';
import type { News, PushStore } from '../store.ts';
import { guarded, transaction } from './connection.ts';
import { NOTIFICATION_COLUMNS, type NotificationColumns, notificationReader } from './rows.ts';

const OF_USER = 'FROM session s JOIN push_subscription p ON p.session_id = s.id WHERE s.userId = ?';

export function pushStore(db: DatabaseSync): PushStore {
  // REPLACE gives it the newest id, and takes the endpoint from whomever it was registered for before.
  const insert = db.prepare(`
    INSERT OR REPLACE INTO push_subscription (session_id, endpoint, p256dh, auth)
    SELECT id, ?, ?, ? FROM session WHERE id = ?`);
  const bound = db.prepare(`
    DELETE FROM push_subscription WHERE id IN (
      SELECT p.id FROM session own JOIN session s ON s.userId = own.userId JOIN push_subscription p ON p.session_id = s.id
      WHERE own.id = ? ORDER BY p.id DESC LIMIT -1 OFFSET ?)`);
  const end = db.prepare(
    `DELETE FROM push_subscription WHERE id IN (SELECT p.id ${OF_USER} AND p.endpoint = ?)`,
  );
  const forget = db.prepare('DELETE FROM push_subscription WHERE endpoint = ?');
  const ofUser = db.prepare(
    `SELECT p.endpoint, p.p256dh, p.auth ${OF_USER} AND s.expiresAt > ? ORDER BY p.id`,
  );
  const due = db.prepare(`
    SELECT EXISTS (SELECT 1 ${OF_USER} AND s.expiresAt > ? AND p.endpoint = ?)
      AND EXISTS (
        SELECT 1 FROM notification n LEFT JOIN post ON post.id = n.post_id
        WHERE n.id = ? AND n.recipient_id = ? AND n.new_count > 0 AND coalesce(post.muted, 0) = 0) AS due`);
  const subscribers = db.prepare(`
    SELECT u.value AS id FROM json_each(?) u WHERE EXISTS (
      SELECT 1 FROM session s JOIN push_subscription p ON p.session_id = s.id
      WHERE s.userId = u.value AND s.expiresAt > ?)`);
  const head = db.prepare('SELECT seq, unread FROM inbox WHERE user_id = ?');
  const toNotification = notificationReader(db);
  const news = db.prepare(`
    SELECT
      CASE n.kind WHEN 'like' THEN (
        SELECT l.alert_seq FROM likes l
        WHERE l.post_id = n.post_id AND l.liked = 1 AND l.alert_seq > n.read_seq AND l.alert_seq <= ?3
        ORDER BY l.rev DESC LIMIT 1)
      ELSE n.seq END AS told_at,
      ${NOTIFICATION_COLUMNS}
    WHERE n.recipient_id = ?1 AND n.new_count > 0 AND n.seq > ?2 AND told_at > ?2 AND told_at <= ?3
      AND p.muted IS NOT 1
    ORDER BY n.seq DESC LIMIT ?4`);

  return {
    addPushSubscription: (sessionId, { endpoint, keys }, max) =>
      guarded(() =>
        transaction(db, 'write', () => {
          const { changes } = insert.run(endpoint, keys.p256dh, keys.auth, sessionId);
          bound.run(sessionId, max);
          return Number(changes) > 0;
        }),
      ),

    endPushSubscription: (userId, endpoint) => guarded(() => void end.run(userId, endpoint)),

    forgetPushSubscription: (endpoint) => guarded(() => void forget.run(endpoint)),

    pushSubscriptions: (userId, now) =>
      guarded(() => {
        const rows = ofUser.all(userId, now.toISOString()) as {
          endpoint: string;
          p256dh: string;
          auth: string;
        }[];
        return rows.map(({ endpoint, ...keys }): PushSubscriptionData => ({ endpoint, keys }));
      }),

    isPushDue: (userId, { endpoint, notificationId }, now) =>
      guarded(() => due.get(userId, now.toISOString(), endpoint, notificationId, userId)?.['due'] === 1),

    pushSubscribers: (userIds, now) =>
      guarded(() =>
        subscribers.all(JSON.stringify(userIds), now.toISOString()).map((row) => String(row['id'])),
      ),

    news: (userId, { since, upTo }, limit) =>
      guarded(() =>
        transaction(db, 'read', (): News => {
          const { seq, unread } = (head.get(userId) ?? { seq: 0, unread: 0 }) as {
            seq: number;
            unread: number;
          };
          const rows = news.all(userId, since, upTo, limit) as unknown as (NotificationColumns & {
            told_at: number;
          })[];
          const items = rows.map((row) => ({ notification: toNotification(row), toldAt: row.told_at }));
          return { items, seq, unread };
        }),
      ),
  };
}
