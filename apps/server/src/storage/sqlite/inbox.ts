import type { DatabaseSync } from 'node:sqlite';
import { INBOX_CATCH_UP_MAX, INBOX_RESET_ITEMS, type InboxHead, type InboxRead } from '@live-likes/contract';
import { firstPage } from '../inboxPages.ts';
import type { Store } from '../store.ts';
import { guarded, transaction } from './connection.ts';
import type { History } from './history.ts';
import { NOTIFICATION_COLUMNS, type NotificationColumns, notificationReader } from './rows.ts';

interface UnreadColumns {
  id: string;
  post_id: string | null;
  announcement_id: string | null;
  seq: number;
  new_count: number;
  read_seq: number;
}

const UNREAD_COLUMNS = 'id, post_id, announcement_id, seq, new_count, read_seq';

const NO_INBOX = { seq: 0, unread: 0 };

type InboxStore = Pick<Store, 'inboxSince' | 'inboxPage' | 'markRead' | 'heads'>;

export function inboxStore(db: DatabaseSync, history: History): InboxStore {
  const { epoch } = history;
  const toNotification = notificationReader(db);
  const head = db.prepare('SELECT seq, unread FROM inbox WHERE user_id = ?');
  const since = db.prepare(
    `SELECT ${NOTIFICATION_COLUMNS} WHERE n.recipient_id = ? AND n.seq > ? ORDER BY n.seq`,
  );
  const newest = db.prepare(`
    SELECT ${NOTIFICATION_COLUMNS} WHERE n.recipient_id = ? AND n.removed = 0 AND n.updated_at < ?
    ORDER BY n.updated_at DESC LIMIT ?`);
  const unread = db.prepare(`
    SELECT ${UNREAD_COLUMNS} FROM notification WHERE recipient_id = ? AND new_count > 0 ORDER BY seq`);
  const unreadOf = db.prepare(`
    SELECT ${UNREAD_COLUMNS} FROM notification
    WHERE recipient_id = ? AND new_count > 0 AND id IN (SELECT value FROM json_each(?)) ORDER BY seq`);
  // The unread likes of a post were told of in the order of their `rev`: the newest ones are enough to look at.
  const stillNew = db.prepare(`
    SELECT count(*) AS n FROM (
      SELECT alert_seq FROM likes WHERE post_id = ?1 AND liked = 1 AND alert_seq > ?2 ORDER BY rev DESC LIMIT ?3)
    WHERE alert_seq > ?4`);
  const write = db.prepare(`
    UPDATE notification SET seq = r.value ->> 1, new_count = r.value ->> 2, read_seq = r.value ->> 3
    FROM json_each(?) r WHERE notification.id = r.value ->> 0`);
  const countRead = db.prepare(`
    UPDATE announcement SET read = read + 1 WHERE id IN (SELECT value FROM json_each(?))`);
  const advance = db.prepare('UPDATE inbox SET seq = ?, unread = ? WHERE user_id = ?');
  const heads = db.prepare(`
    SELECT user_id AS userId, seq, unread FROM inbox WHERE user_id IN (SELECT value FROM json_each(?))`);

  const headOf = (userId: string) => (head.get(userId) as typeof NO_INBOX | undefined) ?? NO_INBOX;
  const toItems = (rows: unknown[]) => (rows as NotificationColumns[]).map(toNotification);

  /** How many stay new when everything told of up to `readSeq` has been read. */
  function newAfter(row: UnreadColumns, readSeq: number): number {
    if (row.seq <= readSeq) return 0;
    if (row.post_id === null) return row.new_count;
    return (stillNew.get(row.post_id, row.read_seq, row.new_count, readSeq) as { n: number }).n;
  }

  function markRead(userId: string, what: InboxRead) {
    const before = headOf(userId);
    // A cursor ahead of the head would mark as read what has not happened yet.
    const upTo = 'ids' in what ? before.seq : Math.min(what.upTo, before.seq);
    const rows = 'ids' in what ? unreadOf.all(userId, JSON.stringify(what.ids)) : unread.all(userId);
    const after = { ...before };
    const announcements: string[] = [];
    const changed: [id: string, seq: number, newCount: number, readSeq: number][] = [];
    for (const row of rows as unknown as UnreadColumns[]) {
      // An older cursor than the last one takes nothing back.
      const readSeq = Math.max(upTo, row.read_seq);
      const newCount = newAfter(row, readSeq);
      if (newCount === row.new_count) continue;
      after.seq += 1;
      if (newCount === 0) after.unread -= 1;
      if (row.announcement_id !== null) announcements.push(row.announcement_id);
      changed.push([row.id, after.seq, newCount, readSeq]);
    }
    if (changed.length > 0) {
      write.run(JSON.stringify(changed));
      countRead.run(JSON.stringify(announcements));
      advance.run(after.seq, after.unread, userId);
    }
    return { unread: after.unread, from: before.seq, changed: changed.length > 0 };
  }

  return {
    inboxSince: (userId, cursor) =>
      guarded(() =>
        transaction(db, 'read', () => {
          const { seq, unread: unreadCount } = headOf(userId);
          const behind = cursor?.epoch === epoch ? seq - cursor.since : Infinity;
          if (cursor && behind >= 0 && behind <= INBOX_CATCH_UP_MAX) {
            const { items, to } = firstPage(toItems(since.all(userId, cursor.since)), seq);
            const delta = { epoch, from: cursor.since, to, items, unread: unreadCount, reset: false };
            return { delta, head: seq };
          }
          const items = toItems(newest.all(userId, Number.MAX_SAFE_INTEGER, INBOX_RESET_ITEMS));
          return { delta: { epoch, from: 0, to: seq, items, unread: unreadCount, reset: true }, head: seq };
        }),
      ),

    inboxPage: (userId, { before, limit }) =>
      guarded(() =>
        transaction(db, 'read', () => {
          const olderThan = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before) || 0;
          const rows = newest.all(userId, olderThan, limit + 1) as unknown as NotificationColumns[];
          const shown = rows.slice(0, limit);
          const next = rows.length > limit ? String(shown.at(-1)?.updated_at) : null;
          return { epoch, items: shown.map(toNotification), ...headOf(userId), next };
        }),
      ),

    markRead: (userId, what) =>
      guarded(() => {
        if ('epoch' in what && what.epoch !== epoch) return { unread: headOf(userId).unread, touched: [] };
        const { result, commits } = transaction(db, 'write', () => {
          const marked = markRead(userId, what);
          return { result: marked, commits: marked.changed ? history.count() : null };
        });
        if (commits !== null) history.mark(commits);
        return { unread: result.unread, touched: result.changed ? [{ userId, from: result.from }] : [] };
      }),

    heads: (userIds) =>
      guarded(() => {
        const rows = heads.all(JSON.stringify(userIds)) as unknown as Omit<
          InboxHead & { userId: string },
          'epoch'
        >[];
        return rows.map((row) => ({ epoch, ...row }));
      }),
  };
}
