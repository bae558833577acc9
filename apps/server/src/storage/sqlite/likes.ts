import type { DatabaseSync } from 'node:sqlite';
import { type LastOp, type LikesPlan, type LikesState, planLikes, type PostRow } from '../planLikes.ts';
import type { LikeRequest, Store } from '../store.ts';
import { guarded, transaction } from './connection.ts';
import type { History } from './history.ts';

/** A post with every row that a like of it touches; what is not there yet is null. */
type PostColumns = [
  authorId: string,
  likeCount: number,
  rev: number,
  muted: number,
  notificationId: string | null,
  notificationSeq: number,
  updatedAt: number,
  count: number,
  newCount: number,
  readSeq: number,
  removed: number,
  inboxSeq: number | null,
  unread: number,
  lastAt: number,
];

type LikeColumns = [liked: number, rev: number, alertSeq: number | null, ops: string | null];

/**
 * A few prepared statements per like, run one after the other in the transaction of their batch. Row by row they
 * take half the time of one statement per table that reads all rows from JSON, and a row that is read takes half as
 * long as an array.
 */
export function likeStore(db: DatabaseSync, history: History, now: () => number): Pick<Store, 'applyLikes'> {
  const readPost = db.prepare(`
    SELECT p.author_id, p.like_count, p.rev, p.muted,
      n.id, n.seq, n.updated_at, n.count, n.new_count, n.read_seq, n.removed,
      i.seq, i.unread, i.last_at
    FROM post p LEFT JOIN notification n ON n.post_id = p.id LEFT JOIN inbox i ON i.user_id = p.author_id
    WHERE p.id = ?`);
  const readLike = db.prepare(
    'SELECT liked, rev, alert_seq, ops FROM likes WHERE post_id = ? AND user_id = ?',
  );
  for (const statement of [readPost, readLike]) statement.setReturnArrays(true);
  const writePost = db.prepare('UPDATE post SET like_count = ?, rev = ? WHERE id = ?');
  const updateLike = db.prepare(`
    UPDATE likes SET liked = ?, rev = ?, alert_seq = ?, ops = ? WHERE post_id = ? AND user_id = ?`);
  const insertLike = db.prepare(`
    INSERT INTO likes (liked, rev, alert_seq, ops, post_id, user_id) VALUES (?, ?, ?, ?, ?, ?)`);
  const writeInbox = db.prepare(`
    INSERT INTO inbox (user_id, seq, unread, last_at) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET seq = excluded.seq, unread = excluded.unread, last_at = excluded.last_at`);
  const updateNotification = db.prepare(`
    UPDATE notification SET seq = ?, updated_at = ?, count = ?, new_count = ?, removed = ? WHERE id = ?`);
  const insertNotification = db.prepare(`
    INSERT INTO notification (seq, updated_at, count, new_count, removed, id, recipient_id, post_id, kind, read_seq)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'like', 0)`);

  function readState(requests: readonly LikeRequest[]): LikesState {
    const state: LikesState = { posts: new Map(), inboxes: new Map() };
    for (const { postId, userId } of requests) {
      const post = state.posts.get(postId) ?? addPost(state, postId);
      if (!post || post.likes.has(userId)) continue;
      const like = readLike.get(postId, userId) as unknown as LikeColumns | undefined;
      if (like) addLike(post, userId, like);
    }
    return state;
  }

  function addPost({ posts, inboxes }: LikesState, postId: string): PostRow | null {
    const row = readPost.get(postId) as unknown as PostColumns | undefined;
    if (!row) return null;
    const [authorId, likeCount, rev, muted, notificationId, notificationSeq, updatedAt, ...others] = row;
    const [count, newCount, readSeq, removed, inboxSeq, unread, lastAt] = others;
    const notification =
      notificationId === null
        ? null
        : {
            id: notificationId,
            recipientId: authorId,
            postId,
            seq: notificationSeq,
            updatedAt,
            count,
            newCount,
            readSeq,
            removed: removed === 1,
            isStored: true,
          };
    const post: PostRow = {
      id: postId,
      authorId,
      likeCount,
      rev,
      muted: muted === 1,
      likes: new Map(),
      notification,
    };
    posts.set(postId, post);
    if (inboxSeq !== null) inboxes.set(authorId, { userId: authorId, seq: inboxSeq, unread, lastAt });
    return post;
  }

  function write(plan: LikesPlan) {
    for (const { id, likeCount, rev } of plan.posts) writePost.run(likeCount, rev, id);
    for (const { postId, userId, liked, rev, alertSeq, ops, isStored } of plan.likes) {
      const statement = isStored ? updateLike : insertLike;
      statement.run(
        Number(liked),
        rev,
        alertSeq,
        ops.length > 0 ? JSON.stringify(ops) : null,
        postId,
        userId,
      );
    }
    for (const { userId, seq, unread, lastAt } of plan.inboxes) writeInbox.run(userId, seq, unread, lastAt);
    for (const {
      id,
      recipientId,
      postId,
      seq,
      updatedAt,
      count,
      newCount,
      removed,
      isStored,
    } of plan.notifications) {
      const values = [seq, updatedAt, count, newCount, Number(removed), id] as const;
      if (isStored) updateNotification.run(...values);
      else insertNotification.run(...values, recipientId, postId);
    }
  }

  return {
    applyLikes: (requests) =>
      guarded(() => {
        const { plan, commits } = transaction(db, 'write', () => {
          const planned = planLikes(readState(requests), requests, now());
          write(planned);
          return { plan: planned, commits: history.count() };
        });
        history.mark(commits);
        return { outcomes: plan.outcomes, touched: plan.touched };
      }),
  };
}

function addLike({ id: postId, likes }: PostRow, userId: string, row: LikeColumns) {
  const [liked, rev, alertSeq, ops] = row;
  likes.set(userId, {
    postId,
    userId,
    liked: liked === 1,
    rev,
    alertSeq,
    ops: ops === null ? [] : (JSON.parse(ops) as LastOp[]),
    isStored: true,
  });
}
