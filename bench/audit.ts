/** Holds what was acknowledged against what is in the database file of a server that was killed. */
import { DatabaseSync } from 'node:sqlite';
import type { LoadResult } from './load/spec.ts';

const MOST_TOLD = 3;

/** @returns a sentence for each thing that is not as it was promised */
export function auditLikes(path: string, { states }: LoadResult): string[] {
  const db = new DatabaseSync(path);
  try {
    const liked = db.prepare('SELECT liked FROM likes WHERE post_id = ? AND user_id = ?');
    const lost = states.filter(
      ({ postId, userId, liked: allowed }) => !allowed.includes(liked.get(postId, userId)?.['liked'] === 1),
    );
    const miscounted = db
      .prepare(
        `SELECT p.id FROM post p WHERE p.like_count <>
          (SELECT count(*) FROM likes l WHERE l.post_id = p.id AND l.liked = 1)`,
      )
      .all();
    const damage = db
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row['integrity_check']))
      .filter((line) => line !== 'ok');
    return [
      ...damage,
      ...lost.slice(0, MOST_TOLD).map(({ postId, userId }) => `the like of ${userId} for ${postId} is lost`),
      ...(lost.length > 0 ? [`${lost.length} acknowledged likes are lost`] : []),
      ...(miscounted.length > 0
        ? [`${miscounted.length} posts count more or fewer likes than they have`]
        : []),
    ];
  } finally {
    db.close();
  }
}

/** Besides, for the product: what the inboxes say, and that everybody was told of the last change. */
export function auditInboxes(path: string, { heads }: LoadResult): string[] {
  const db = new DatabaseSync(path);
  try {
    const head = db.prepare('SELECT seq FROM inbox WHERE user_id = ?');
    const behind = heads.filter(([userId, seq]) => seq !== (head.get(userId)?.['seq'] ?? 0));
    const wrong = db
      .prepare(
        `SELECT n.id FROM notification n JOIN post p ON p.id = n.post_id WHERE n.count <>
          (SELECT count(*) FROM likes l WHERE l.post_id = p.id AND l.liked = 1 AND l.user_id <> p.author_id)`,
      )
      .all();
    const unread = db
      .prepare(
        `SELECT i.user_id FROM inbox i WHERE i.unread <>
          (SELECT count(*) FROM notification n WHERE n.recipient_id = i.user_id AND n.new_count > 0)`,
      )
      .all();
    const sentences: [unknown[], string][] = [
      [behind, 'people were not told of the last change of their inbox'],
      [wrong, 'notifications count more or fewer likes than there are'],
      [unread, 'inboxes count more or fewer unread notifications than there are'],
    ];
    return sentences.filter(([rows]) => rows.length > 0).map(([rows, what]) => `${rows.length} ${what}`);
  } finally {
    db.close();
  }
}
