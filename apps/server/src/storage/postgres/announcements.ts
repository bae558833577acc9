import { v7 as newId } from 'uuid';
import type { Store, Touched } from '../store.ts';
import { type Database, same, type Statement, type Transaction } from './connection.ts';
import { type InboxColumns, lockFreeInboxes, lockInbox } from './locks.ts';

type AnnouncementStore = Pick<
  Store,
  'createAnnouncement' | 'deliverAnnouncement' | 'undeliveredAnnouncements'
>;

interface AnnouncementColumns {
  audience: string | null;
  delivered_to: string;
  created_at: number;
}

/** `$4`: ids, unknown ones are left out; null: everybody. */
const insert: Statement = {
  name: 'insert_announcement',
  text: `
    WITH known AS (SELECT id FROM "user" WHERE id = ANY ($4))
    INSERT INTO announcement (id, text, created_at, audience, recipients)
    SELECT $1, $2, $3,
      CASE WHEN $4::text[] IS NOT NULL THEN coalesce((SELECT json_agg(id) FROM known), '[]')::text END,
      CASE WHEN $4::text[] IS NULL THEN (SELECT count(*) FROM "user") ELSE (SELECT count(*) FROM known) END
    ON CONFLICT (id) DO NOTHING RETURNING recipients`,
};
const kept: Statement = {
  name: 'kept_announcement',
  text: 'SELECT recipients FROM announcement WHERE id = $1',
};
const PENDING = 'SELECT audience, delivered_to, created_at FROM announcement WHERE id = $1 AND done = 0';
const read: Statement = { name: 'pending_announcement', text: PENDING };
const lock: Statement = { name: 'lock_announcement', text: `${PENDING} AND delivered_to = $2 FOR UPDATE` };
const nextOfAll: Statement = {
  name: 'next_of_all',
  text: 'SELECT id FROM "user" WHERE id > $1 AND "createdAt" <= $3 ORDER BY id LIMIT $2',
};
const nextOfSome: Statement = {
  name: 'next_of_some',
  text: `
    SELECT u.id FROM json_array_elements_text($3::json) r (id) JOIN "user" u ON u.id = r.id
    WHERE u.id > $1 ORDER BY u.id LIMIT $2`,
};
const notify: Statement = {
  name: 'notify',
  text: `
    WITH advanced AS (
      UPDATE inbox i SET seq = r.seq, unread = i.unread + 1, last_at = r.updated_at
      FROM unnest($3::text[], $4::bigint[], $5::bigint[]) r (user_id, seq, updated_at)
      WHERE ${same('i.user_id', 'r.user_id')})
    INSERT INTO notification
      (id, recipient_id, seq, updated_at, kind, announcement_id, count, new_count, read_seq, removed)
    SELECT r.*, 'announcement', $1, 0, 1, 0, 0 FROM unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) r`,
};
const progress: Statement = {
  name: 'announcement_progress',
  text: 'UPDATE announcement SET delivered_to = $2, delivered = delivered + $3, done = $4 WHERE id = $1',
};
const undelivered: Statement = {
  name: 'undelivered_announcements',
  text: 'SELECT id FROM announcement WHERE done = 0 ORDER BY id',
};

/** Recipients get an announcement in the order of their ids; `delivered_to` is the last one that has it. */
export function announcementStore(db: Database): AnnouncementStore {
  /** Null: the inbox of the next one is busy. */
  async function deliver(tx: Transaction, id: string, limit: number, waits: boolean) {
    const [row] = await tx.rows<AnnouncementColumns>(read, [id]);
    if (!row) return { touched: [], done: true };
    const { audience, delivered_to: after, created_at: createdAt } = row;
    const [statement, whom] = audience === null ? [nextOfAll, new Date(createdAt)] : [nextOfSome, audience];
    const next = await tx.rows<{ id: string }>(statement, [after, limit, whom]);
    const ids = next.map((user) => user.id);
    const inboxes = waits
      ? await tx.rows<InboxColumns>(lockInbox, [ids[0] ?? ''])
      : await tx.rows<InboxColumns>(lockFreeInboxes, [ids]);
    // Those before the first one that is busy.
    const recipients = inboxes.slice(0, prefixLength(inboxes, ids));
    if (recipients.length === 0 && ids.length > 0) return null;
    // Another node may have been here meanwhile. After the inboxes, as wherever something is read.
    if ((await tx.rows(lock, [id, after])).length === 0) return { touched: [], done: false };
    const now = Date.now();
    const done = ids.length < limit && recipients.length === ids.length;
    if (recipients.length > 0) {
      tx.send(notify, [
        id,
        recipients.map(() => newId()),
        recipients.map((to) => to.user_id),
        recipients.map((to) => to.seq + 1),
        recipients.map((to) => Math.max(now, to.last_at + 1)),
      ]);
    }
    tx.send(progress, [id, recipients.at(-1)?.user_id ?? after, recipients.length, Number(done)]);
    const touched: Touched[] = recipients.map((to) => ({ userId: to.user_id, from: to.seq }));
    return { touched, done };
  }

  return {
    async createAnnouncement(id, text, to) {
      const [made] = await db.rows<{ recipients: number }>(insert, [id, text, Date.now(), to]);
      const [row] = made ? [made] : await db.rows<{ recipients: number }>(kept, [id]);
      return { recipients: row?.recipients ?? 0 };
    },

    async deliverAnnouncement(id, limit) {
      const step = await db.transaction((tx) => deliver(tx, id, limit, false));
      // It is waited for alone: whoever waits holds up nobody.
      return step ?? (await db.transaction((tx) => deliver(tx, id, 1, true))) ?? { touched: [], done: false };
    },

    async undeliveredAnnouncements() {
      const rows = await db.rows<{ id: string }>(undelivered, []);
      return rows.map((row) => row.id);
    },
  };
}

function prefixLength(inboxes: InboxColumns[], ids: string[]): number {
  const end = ids.findIndex((id, i) => inboxes[i]?.user_id !== id);
  return end === -1 ? ids.length : end;
}
