import type { DatabaseSync } from 'node:sqlite';
import type { Store, Touched } from '../store.ts';
import { guarded, transaction } from './connection.ts';
import type { History } from './history.ts';

export function muteStore(db: DatabaseSync, history: History): Pick<Store, 'mutePost'> {
  const setFlag = db.prepare('UPDATE post SET muted = ?1 WHERE id = ?2 AND muted <> ?1');
  const told = db.prepare(`
    SELECT n.id, n.recipient_id, i.seq FROM notification n JOIN inbox i ON i.user_id = n.recipient_id
    WHERE n.post_id = ? AND n.removed = 0`);
  const stamp = db.prepare('UPDATE notification SET seq = ? WHERE id = ?');
  const advance = db.prepare('UPDATE inbox SET seq = ? WHERE user_id = ?');

  /** Stamps the notification anew, so that the author's devices learn of the flag. */
  function tellAuthor(postId: string): Touched[] {
    const row = told.get(postId) as { id: string; recipient_id: string; seq: number } | undefined;
    if (!row) return [];
    stamp.run(row.seq + 1, row.id);
    advance.run(row.seq + 1, row.recipient_id);
    return [{ userId: row.recipient_id, from: row.seq }];
  }

  return {
    mutePost: (id, muted) =>
      guarded(() => {
        const { touched, commits } = transaction(db, 'write', () => {
          const changed = setFlag.run(Number(muted), id).changes > 0;
          const authors = changed ? tellAuthor(id) : [];
          return { touched: authors, commits: authors.length > 0 ? history.count() : null };
        });
        if (commits !== null) history.mark(commits);
        return touched;
      }),
  };
}
