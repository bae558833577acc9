/** What would take people weeks to do: written into the database, past the server. */
import { DatabaseSync } from 'node:sqlite';

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
export function seedNotifications(file: string, author: string, likes: readonly SeededLike[]) {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  const idOf = (username: string) =>
    String(database.prepare('SELECT id FROM user WHERE username = ?').get(username)?.['id']);
  const authorId = idOf(author);
  const head = database.prepare('SELECT seq, unread FROM inbox WHERE user_id = ?').get(authorId);
  let seq = Number(head?.['seq'] ?? 0);
  let unread = Number(head?.['unread'] ?? 0);
  try {
    database.exec('BEGIN IMMEDIATE');
    for (const { body, from, at, ...like } of likes) {
      seq += 1;
      unread += like.unread ? 1 : 0;
      const [postId, time] = [`post-${seq}`, at.getTime()];
      database
        .prepare(
          'INSERT INTO post (id, author_id, body, created_at, like_count, rev) VALUES (?, ?, ?, ?, 1, 1)',
        )
        .run(postId, authorId, body, time);
      database
        .prepare('INSERT INTO likes (post_id, user_id, liked, rev, alert_seq) VALUES (?, ?, 1, 1, ?)')
        .run(postId, idOf(from), seq);
      database
        .prepare(
          `INSERT INTO notification (id, recipient_id, kind, post_id, seq, updated_at, count, new_count, read_seq, removed)
           VALUES (?, ?, 'like', ?, ?, ?, 1, ?, ?, 0)`,
        )
        .run(`notification-${seq}`, authorId, postId, seq, time, like.unread ? 1 : 0, like.unread ? 0 : seq);
    }
    database
      .prepare(
        `INSERT INTO inbox (user_id, seq, unread, last_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (user_id) DO UPDATE SET seq = excluded.seq, unread = excluded.unread`,
      )
      .run(authorId, seq, unread, Date.now());
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
