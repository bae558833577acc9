/** What would take people weeks to do: written into the database, past the server. */
import type { DatabaseAccess, Statement } from './databaseAccess.ts';

export interface SeededLike {
  body: string;
  from: string;
  at: Date;
  unread: boolean;
}

/**
 * A post of `author` per like, and what the author is told of it. Only while no page of the author is open: nobody
 * hears of it by a push.
 */
export function seedNotifications(access: DatabaseAccess, author: string, likes: readonly SeededLike[]) {
  const idOf = (username: string) =>
    String(access.all('SELECT id FROM "user" WHERE username = ?', username)[0]?.['id']);
  const authorId = idOf(author);
  const [head] = access.all('SELECT seq, unread FROM inbox WHERE user_id = ?', authorId);
  let seq = Number(head?.['seq'] ?? 0);
  let unread = Number(head?.['unread'] ?? 0);
  const statements: Statement[] = [];
  for (const { body, from, at, ...like } of likes) {
    seq += 1;
    unread += like.unread ? 1 : 0;
    const [postId, time] = [`post-${seq}`, at.getTime()];
    statements.push(
      [
        'INSERT INTO post (id, author_id, body, created_at, like_count, rev) VALUES (?, ?, ?, ?, 1, 1)',
        postId,
        authorId,
        body,
        time,
      ],
      [
        'INSERT INTO likes (post_id, user_id, liked, rev, alert_seq) VALUES (?, ?, 1, 1, ?)',
        postId,
        idOf(from),
        seq,
      ],
      [
        `INSERT INTO notification (id, recipient_id, kind, post_id, seq, updated_at, count, new_count, read_seq, removed)
         VALUES (?, ?, 'like', ?, ?, ?, 1, ?, ?, 0)`,
        `notification-${seq}`,
        authorId,
        postId,
        seq,
        time,
        like.unread ? 1 : 0,
        like.unread ? 0 : seq,
      ],
    );
  }
  access.write([
    ...statements,
    [
      `INSERT INTO inbox (user_id, seq, unread, last_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (user_id) DO UPDATE SET seq = excluded.seq, unread = excluded.unread`,
      authorId,
      seq,
      unread,
      Date.now(),
    ],
  ]);
}
