/** Holds what was acknowledged against what is in the database of a server that was killed. */
import type { RunDatabase } from './databases.ts';
import type { LoadResult } from './load/spec.ts';

const MOST_TOLD = 3;

/** @returns a sentence for each thing that is not as it was promised */
export function auditLikes(database: RunDatabase, { states }: LoadResult): string[] {
  const keyOf = (userId: unknown, postId: unknown) => `${String(userId)} ${String(postId)}`;
  const liked = new Set(
    database
      .rows('SELECT user_id, post_id FROM likes WHERE liked = 1')
      .map((row) => keyOf(row['user_id'], row['post_id'])),
  );
  const lost = states.filter(
    ({ postId, userId, liked: allowed }) => !allowed.includes(liked.has(keyOf(userId, postId))),
  );
  const miscounted = database.rows(
    `SELECT p.id FROM post p WHERE p.like_count <>
      (SELECT count(*) FROM likes l WHERE l.post_id = p.id AND l.liked = 1)`,
  );
  return [
    ...database.damage(),
    ...lost.slice(0, MOST_TOLD).map(({ postId, userId }) => `the like of ${userId} for ${postId} is lost`),
    ...(lost.length > 0 ? [`${lost.length} acknowledged likes are lost`] : []),
    ...(miscounted.length > 0 ? [`${miscounted.length} posts count more or fewer likes than they have`] : []),
  ];
}

/** Besides, for the product: what the inboxes say, and that everybody was told of the last change. */
export function auditInboxes(database: RunDatabase, { heads }: LoadResult): string[] {
  const head = new Map(
    database.rows('SELECT user_id, seq FROM inbox').map((row) => [row['user_id'], row['seq']]),
  );
  const behind = heads.filter(([userId, seq]) => seq !== (head.get(userId) ?? 0));
  const wrong = database.rows(
    `SELECT n.id FROM notification n JOIN post p ON p.id = n.post_id WHERE n.count <>
      (SELECT count(*) FROM likes l WHERE l.post_id = p.id AND l.liked = 1 AND l.user_id <> p.author_id)`,
  );
  const unread = database.rows(
    `SELECT i.user_id FROM inbox i WHERE i.unread <>
      (SELECT count(*) FROM notification n WHERE n.recipient_id = i.user_id AND n.new_count > 0)`,
  );
  const sentences: [unknown[], string][] = [
    [behind, 'people were not told of the last change of their inbox'],
    [wrong, 'notifications count more or fewer likes than there are'],
    [unread, 'inboxes count more or fewer unread notifications than there are'],
  ];
  return sentences.filter(([rows]) => rows.length > 0).map(([rows, what]) => `${rows.length} ${what}`);
}
