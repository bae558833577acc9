import { type LastOp, type LikesPlan, type LikesState, planLikes, type PostRow } from '../planLikes.ts';
import type { LikeOutcome, LikeRequest, Store } from '../store.ts';
import type { Database, Statement, Transaction } from './connection.ts';
import { type InboxColumns, lockFreeAuthors } from './locks.ts';

interface PostColumns {
  id: string;
  author_id: string;
  like_count: number;
  rev: number;
  muted: number;
  /** What is not there yet is null. */
  notification_id: string | null;
  seq: number;
  updated_at: number;
  count: number;
  new_count: number;
  read_seq: number;
  removed: number;
}

interface LikeColumns {
  post_id: string;
  user_id: string;
  liked: number;
  rev: number;
  alert_seq: number | null;
  ops: string | null;
}

const readPosts: Statement = {
  name: 'read_posts',
  text: `
    SELECT p.id, p.author_id, p.like_count, p.rev, p.muted,
      n.id AS notification_id, n.seq, n.updated_at, n.count, n.new_count, n.read_seq, n.removed
    FROM unnest($1::text[]) r (id) JOIN post p ON p.id = r.id LEFT JOIN notification n ON n.post_id = p.id`,
};
const readLikes: Statement = {
  name: 'read_likes',
  text: `
    SELECT l.post_id, l.user_id, l.liked, l.rev, l.alert_seq, l.ops
    FROM unnest($1::text[], $2::text[]) r (post_id, user_id)
    JOIN likes l ON l.post_id = r.post_id AND l.user_id = r.user_id`,
};
const writePlan: Statement = {
  name: 'write_plan',
  text: `
    WITH posts AS (
      UPDATE post p SET like_count = r.like_count, rev = r.rev
      FROM unnest($1::text[], $2::bigint[], $3::bigint[]) r (id, like_count, rev) WHERE p.id = r.id),
    inboxes AS (
      UPDATE inbox i SET seq = r.seq, unread = r.unread, last_at = r.last_at
      FROM unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) r (user_id, seq, unread, last_at)
      WHERE i.user_id = r.user_id),
    notifications AS (
      INSERT INTO notification AS n
        (id, recipient_id, post_id, seq, updated_at, count, new_count, removed, kind, read_seq)
      SELECT r.*, 'like', 0
      FROM unnest($8::text[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
        $15::int[]) r
      ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, updated_at = excluded.updated_at, count = excluded.count,
        new_count = excluded.new_count, removed = excluded.removed)
    INSERT INTO likes (post_id, user_id, liked, rev, alert_seq, ops)
    SELECT r.* FROM unnest($16::text[], $17::text[], $18::int[], $19::bigint[], $20::bigint[], $21::text[]) r
    ON CONFLICT (post_id, user_id) DO UPDATE SET liked = excluded.liked, rev = excluded.rev,
      alert_seq = excluded.alert_seq, ops = excluded.ops`,
};

/** Two round trips for a batch: one locks and reads, one writes and commits. */
export function likeStore(db: Database, now: () => number): Pick<Store, 'applyLikes'> {
  return {
    applyLikes: (requests) =>
      db.transaction(async (tx) => {
        const { state, busy } = await readState(tx, requests);
        const free = requests.filter(({ postId }) => !busy.has(postId));
        const plan = planLikes(state, free, now());
        if (plan.likes.size > 0) write(tx, plan);
        return { outcomes: inOrder(requests, plan, busy), touched: plan.touched };
      }),
  };
}

/** Of the posts whose authors' inboxes are free, which are locked from here on; `busy` are the others. */
async function readState(tx: Transaction, requests: readonly LikeRequest[]) {
  const postIds = [...new Set(requests.map(({ postId }) => postId))];
  const pairs = new Map(requests.map(({ postId, userId }) => [`${postId} ${userId}`, { postId, userId }]));
  const [inboxes, posts, likes] = await Promise.all([
    tx.rows<InboxColumns>(lockFreeAuthors, [postIds]),
    tx.rows<PostColumns>(readPosts, [postIds]),
    tx.rows<LikeColumns>(
      readLikes,
      columnsOf(pairs.values(), ({ postId, userId }) => [postId, userId], 2),
    ),
  ]);
  const state: LikesState = { posts: new Map(), inboxes: new Map() };
  const busy = new Set<string>();
  for (const { user_id: userId, seq, unread, last_at: lastAt } of inboxes)
    state.inboxes.set(userId, { userId, seq, unread, lastAt });
  for (const post of posts) {
    if (state.inboxes.has(post.author_id)) state.posts.set(post.id, toPost(post));
    else busy.add(post.id);
  }
  for (const { post_id: postId, user_id: userId, liked, rev, alert_seq: alertSeq, ops } of likes) {
    state.posts.get(postId)?.likes.set(userId, {
      postId,
      userId,
      liked: liked === 1,
      rev,
      alertSeq,
      ops: ops === null ? [] : (JSON.parse(ops) as LastOp[]),
      isStored: true,
    });
  }
  return { state, busy };
}

function toPost(row: PostColumns): PostRow {
  const { id, author_id: authorId, like_count: likeCount, rev, notification_id: notificationId } = row;
  const notification = notificationId !== null && {
    id: notificationId,
    recipientId: authorId,
    postId: id,
    seq: row.seq,
    updatedAt: row.updated_at,
    count: row.count,
    newCount: row.new_count,
    readSeq: row.read_seq,
    removed: row.removed === 1,
    isStored: true,
  };
  const muted = row.muted === 1;
  return { id, authorId, likeCount, rev, muted, likes: new Map(), notification: notification || null };
}

function write(tx: Transaction, { posts, inboxes, notifications, likes }: LikesPlan) {
  tx.send(writePlan, [
    ...columnsOf(posts, ({ id, likeCount, rev }) => [id, likeCount, rev], 3),
    ...columnsOf(inboxes, ({ userId, seq, unread, lastAt }) => [userId, seq, unread, lastAt], 4),
    ...columnsOf(
      notifications,
      (n) => [n.id, n.recipientId, n.postId, n.seq, n.updatedAt, n.count, n.newCount, Number(n.removed)],
      8,
    ),
    ...columnsOf(
      likes,
      ({ postId, userId, liked, rev, alertSeq, ops }) => {
        const known = ops.length > 0 ? JSON.stringify(ops) : null;
        return [postId, userId, Number(liked), rev, alertSeq, known];
      },
      6,
    ),
  ]);
}

/** An array per column, as `unnest` takes them. */
function columnsOf<Row>(rows: Iterable<Row>, toValues: (row: Row) => unknown[], width: number): unknown[][] {
  const columns: unknown[][] = Array.from({ length: width }, () => []);
  for (const row of rows) {
    const values = toValues(row);
    for (const [i, column] of columns.entries()) column.push(values[i]);
  }
  return columns;
}

function inOrder(
  requests: readonly LikeRequest[],
  plan: LikesPlan,
  busy: ReadonlySet<string>,
): LikeOutcome[] {
  const planned = plan.outcomes.values();
  return requests.map(({ postId }) =>
    busy.has(postId) ? { state: null, changed: false, isBusy: true } : (planned.next().value as LikeOutcome),
  );
}
