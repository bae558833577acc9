import { INBOX_CATCH_UP_MAX, INBOX_RESET_ITEMS, type InboxRead } from '@live-likes/contract';
import { firstPage } from '../inboxPages.ts';
import type { Store } from '../store.ts';
import { type Database, same, type Statement, type Transaction } from './connection.ts';
import type { History } from './history.ts';
import { type InboxColumns, lockInbox } from './locks.ts';
import {
  NOTIFICATION_COLUMNS,
  NOTIFICATION_PARTS,
  type NotificationColumns,
  toNotification,
} from './rows.ts';

interface HeadColumns {
  epoch: string;
  head_seq: number;
  head_unread: number;
}

/** One row at least; without a notification its columns are null. */
type AnswerRow = HeadColumns & NotificationColumns;

interface UnreadColumns {
  id: string;
  announcement_id: string | null;
  new_count: number;
  read_seq: number;
  still_new: number;
}

const HEAD = `
  SELECT h.epoch, coalesce(i.seq, 0) AS head_seq, coalesce(i.unread, 0) AS head_unread
  FROM history h LEFT JOIN inbox i ON i.user_id = $1`;
const NEWEST = `
  SELECT n.* FROM notification n WHERE n.recipient_id = $1 AND n.removed = 0`;

/** After the cursor `$3` of the epoch `$2`; `is_reset`: that is none that can be followed. */
const since: Statement = {
  name: 'inbox_since',
  text: `
    WITH head AS (
      SELECT head.*, (epoch = $2 AND head_seq - $3::bigint BETWEEN 0 AND ${INBOX_CATCH_UP_MAX}) IS NOT TRUE AS is_reset
      FROM (${HEAD}) head)
    SELECT head.*, ${NOTIFICATION_COLUMNS} FROM head LEFT JOIN LATERAL (
      (SELECT n.* FROM notification n WHERE NOT head.is_reset AND n.recipient_id = $1 AND n.seq > $3 ORDER BY n.seq)
      UNION ALL
      (SELECT newest.* FROM (${NEWEST} ORDER BY n.updated_at DESC LIMIT ${INBOX_RESET_ITEMS}) newest WHERE head.is_reset)
    ) n ON true ${NOTIFICATION_PARTS}
    ORDER BY CASE WHEN head.is_reset THEN -n.updated_at ELSE n.seq END`,
};
const page: Statement = {
  name: 'inbox_page',
  text: `
    SELECT head.*, ${NOTIFICATION_COLUMNS} FROM (${HEAD}) head LEFT JOIN LATERAL (
      ${NEWEST} AND n.updated_at < $2 ORDER BY n.updated_at DESC LIMIT $3) n ON true ${NOTIFICATION_PARTS}
    ORDER BY n.updated_at DESC`,
};
// The unread likes of a post were told of in the order of their `rev`: the newest ones are enough to look at.
const UNREAD = `
  SELECT n.id, n.announcement_id, n.new_count, n.read_seq,
    CASE WHEN n.seq <= greatest($2, n.read_seq) THEN 0 WHEN n.post_id IS NULL THEN n.new_count ELSE (
      SELECT count(*) FROM (
        SELECT l.alert_seq FROM likes l
        WHERE l.post_id = n.post_id AND l.liked = 1 AND l.alert_seq > n.read_seq
        ORDER BY l.rev DESC LIMIT n.new_count) told
      WHERE told.alert_seq > greatest($2, n.read_seq)) END AS still_new
  FROM notification n WHERE n.recipient_id = $1 AND n.new_count > 0`;
const unreadUpTo: Statement = {
  name: 'unread_up_to',
  text: `${UNREAD} AND (SELECT epoch FROM history) = $3 ORDER BY n.seq`,
};
const unreadOf: Statement = { name: 'unread_of', text: `${UNREAD} AND n.id = ANY ($3) ORDER BY n.seq` };
/** Announcements are locked in the order of their ids, after the inbox. */
const write: Statement = {
  name: 'write_read',
  text: `
    WITH notifications AS (
      UPDATE notification n SET seq = r.seq, new_count = r.new_count, read_seq = r.read_seq
      FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) r (id, seq, new_count, read_seq)
      WHERE ${same('n.id', 'r.id')}),
    locked AS (SELECT id FROM announcement WHERE id = ANY ($5) ORDER BY id FOR UPDATE),
    announcements AS (UPDATE announcement SET read = read + 1 WHERE id = ANY (ARRAY(SELECT id FROM locked)))
    UPDATE inbox SET seq = $6, unread = $7 WHERE user_id = $8`,
};
const heads: Statement = {
  name: 'heads',
  text: `
    SELECT h.epoch, i.user_id AS "userId", i.seq, i.unread FROM history h, inbox i
    WHERE i.user_id = ANY ($1)`,
};

type InboxStore = Pick<Store, 'inboxSince' | 'inboxPage' | 'markRead' | 'heads'>;

export function inboxStore(db: Database, history: History): InboxStore {
  async function answerTo(statement: Statement, values: unknown[]) {
    const rows = await db.rows<AnswerRow>(statement, values);
    const [{ epoch, head_seq: seq, head_unread: unread }] = rows as [AnswerRow];
    history.seen(epoch);
    return { epoch, seq, unread, rows: rows.filter(({ id }) => id !== null) };
  }

  async function markRead(tx: Transaction, userId: string, what: InboxRead) {
    const [before] = await tx.rows<InboxColumns>(lockInbox, [userId]);
    if (!before) return { unread: 0, touched: [] };
    // A cursor ahead of the head would mark as read what has not happened yet.
    const upTo = 'ids' in what ? before.seq : Math.min(what.upTo, before.seq);
    const [statement, which] = 'ids' in what ? [unreadOf, what.ids] : [unreadUpTo, what.epoch];
    const rows = await tx.rows<UnreadColumns>(statement, [userId, upTo, which]);
    const changed = rows.filter((row) => row.still_new !== row.new_count);
    if (changed.length === 0) return { unread: before.unread, touched: [] };
    const unread = before.unread - changed.filter((row) => row.still_new === 0).length;
    tx.send(write, [
      changed.map(({ id }) => id),
      changed.map((_, i) => before.seq + 1 + i),
      changed.map((row) => row.still_new),
      // An older cursor than the last one takes nothing back.
      changed.map((row) => Math.max(upTo, row.read_seq)),
      changed.flatMap((row) => row.announcement_id ?? []),
      before.seq + changed.length,
      unread,
      userId,
    ]);
    return { unread, touched: [{ userId, from: before.seq }] };
  }

  return {
    async inboxSince(userId, cursor) {
      const values = [userId, cursor?.epoch ?? null, cursor?.since ?? 0];
      const { epoch, seq, unread, rows } = await answerTo(since, values);
      const items = rows.map(toNotification);
      const behind = cursor?.epoch === epoch ? seq - cursor.since : Infinity;
      if (cursor && behind >= 0 && behind <= INBOX_CATCH_UP_MAX) {
        const { items: first, to } = firstPage(items, seq);
        return { delta: { epoch, from: cursor.since, to, items: first, unread, reset: false }, head: seq };
      }
      return { delta: { epoch, from: 0, to: seq, items, unread, reset: true }, head: seq };
    },

    async inboxPage(userId, { before, limit }) {
      const olderThan = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before) || 0;
      const { rows, ...head } = await answerTo(page, [userId, olderThan, limit + 1]);
      const shown = rows.slice(0, limit);
      const next = rows.length > limit ? String(shown.at(-1)?.updated_at) : null;
      return { ...head, items: shown.map(toNotification), next };
    },

    markRead: (userId, what) => db.transaction((tx) => markRead(tx, userId, what)),

    async heads(userIds) {
      const rows = await db.rows<{ epoch: string; userId: string; seq: number; unread: number }>(heads, [
        userIds,
      ]);
      if (rows[0]) history.seen(rows[0].epoch);
      return rows;
    },
  };
}
