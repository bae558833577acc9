import type { DatabaseSync } from 'node:sqlite';
import { v7 as newId } from 'uuid';
import type { Store, Touched } from '../store.ts';
import { guarded, transaction } from './connection.ts';
import type { History } from './history.ts';
import { recipientsIn } from './recipients.ts';

type AnnouncementStore = Pick<
  Store,
  'createAnnouncement' | 'deliverAnnouncement' | 'undeliveredAnnouncements'
>;

/** Recipients get an announcement in the order of their ids; `delivered_to` is the last one that has it. */
export function announcementStore(db: DatabaseSync, history: History): AnnouncementStore {
  const { countAll, known } = recipientsIn(db);
  const insert = db.prepare(
    'INSERT INTO announcement (id, text, created_at, audience, recipients) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const kept = db.prepare('SELECT recipients FROM announcement WHERE id = ?');
  const read = db.prepare(
    'SELECT audience, delivered_to, created_at FROM announcement WHERE id = ? AND done = 0',
  );
  const nextOfAll = db.prepare(`
    SELECT u.id, coalesce(i.seq, 0) AS seq, coalesce(i.unread, 0) AS unread, coalesce(i.last_at, 0) AS last_at
    FROM user u LEFT JOIN inbox i ON i.user_id = u.id
    WHERE u.id > ?1 AND u.createdAt <= ?3 ORDER BY u.id LIMIT ?2`);
  const nextOfSome = db.prepare(`
    SELECT u.id, coalesce(i.seq, 0) AS seq, coalesce(i.unread, 0) AS unread, coalesce(i.last_at, 0) AS last_at
    FROM json_each(?3) r JOIN user u ON u.id = r.value LEFT JOIN inbox i ON i.user_id = u.id
    WHERE u.id > ?1 ORDER BY u.id LIMIT ?2`);
  const notify = db.prepare(`
    INSERT INTO notification
      (id, recipient_id, kind, announcement_id, seq, updated_at, count, new_count, read_seq, removed)
    SELECT r.value ->> 0, r.value ->> 1, 'announcement', ?, r.value ->> 2, r.value ->> 3, 0, 1, 0, 0
    FROM json_each(?) r`);
  const advance = db.prepare(`
    INSERT INTO inbox (user_id, seq, unread, last_at)
    SELECT r.value ->> 1, r.value ->> 2, r.value ->> 4, r.value ->> 3 FROM json_each(?) r WHERE true
    ON CONFLICT (user_id) DO UPDATE SET seq = excluded.seq, unread = excluded.unread, last_at = excluded.last_at`);
  const progress = db.prepare(
    'UPDATE announcement SET delivered_to = ?, delivered = delivered + ?, done = ? WHERE id = ?',
  );
  const undelivered = db.prepare('SELECT id FROM announcement WHERE done = 0 ORDER BY id');

  function deliver(id: string, limit: number): { touched: Touched[]; done: boolean } {
    const row = read.get(id) as
      { audience: string | null; delivered_to: string; created_at: number } | undefined;
    if (!row) return { touched: [], done: true };
    const next =
      row.audience === null
        ? nextOfAll.all(row.delivered_to, limit, new Date(row.created_at).toISOString())
        : nextOfSome.all(row.delivered_to, limit, row.audience);
    const recipients = next as { id: string; seq: number; unread: number; last_at: number }[];
    const now = Date.now();
    const rows = JSON.stringify(
      recipients.map((to) => [newId(), to.id, to.seq + 1, Math.max(now, to.last_at + 1), to.unread + 1]),
    );
    notify.run(id, rows);
    advance.run(rows);
    const done = recipients.length < limit;
    progress.run(recipients.at(-1)?.id ?? row.delivered_to, recipients.length, Number(done), id);
    return { touched: recipients.map((to) => ({ userId: to.id, from: to.seq })), done };
  }

  return {
    createAnnouncement: (id, text, to) =>
      guarded(() =>
        transaction(db, 'write', () => {
          const audience = to && known(to);
          const recipients = audience ? audience.length : countAll();
          insert.run(id, text, Date.now(), audience && JSON.stringify(audience), recipients);
          return kept.get(id) as { recipients: number };
        }),
      ),

    deliverAnnouncement: (id, limit) =>
      guarded(() => {
        const { step, commits } = transaction(db, 'write', () => {
          const delivered = deliver(id, limit);
          return { step: delivered, commits: history.count() };
        });
        history.mark(commits);
        return step;
      }),

    undeliveredAnnouncements: () => guarded(() => undelivered.all().map((row) => String(row['id']))),
  };
}
