import {
  type LastOp,
  type LikeRow,
  type LikesPlan,
  type LikesState,
  planLikes,
  type PostRow,
} from '../planLikes.ts';
import type { LikeOutcome, LikeRequest, Store } from '../store.ts';
import { type Database, same, type Statement, type Transaction } from './connection.ts';
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

/*
 * `OFFSET 0` and the upserts keep the planner from looking for the few rows in the many: on a small table it would take
 * the whole of it first, and keep that plan while the table grows by thousands of rows a second.
 */
const readPosts: Statement = {
  name: 'read_posts',
  text: `
    SELECT p.id, p.author_id, p.like_count, p.rev, p.muted,
      n.id AS notification_id, n.seq, n.updated_at, n.count, n.new_count, n.read_seq, n.removed
    FROM post p LEFT JOIN LATERAL (SELECT * FROM notification WHERE post_id = p.id OFFSET 0) n ON true
    WHERE p.id = ANY ($1)`,
};
const readLikes: Statement = {
  name: 'read_likes',
  text: `
    SELECT r.post_id, r.user_id, l.liked, l.rev, l.alert_seq, l.ops
    FROM unnest($1::text[], $2::text[]) r (post_id, user_id),
    LATERAL (SELECT * FROM likes WHERE post_id = r.post_id AND user_id = r.user_id OFFSET 0) l`,
};
/** Likes that are not there yet are inserted by themselves, which costs a third less than an upsert. */
const writePlan: Statement = {
  name: 'write_plan',
  text: `
    WITH posts AS (
      UPDATE post p SET like_count = r.like_count, rev = r.rev
      FROM unnest($1::text[], $2::bigint[], $3::bigint[]) r (id, like_count, rev) WHERE ${same('p.id', 'r.id')}),
    inboxes AS (
      INSERT INTO inbox (user_id, seq, unread, last_at)
      SELECT r.* FROM unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) r
      ON CONFLICT (user_id) DO UPDATE SET seq = excluded.seq, unread = excluded.unread, last_at = excluded.last_at),
    notifications AS (
      INSERT INTO notification
        (id, recipient_id, post_id, seq, updated_at, count, new_count, removed, kind, read_seq)
      SELECT r.*, 'like', 0
      FROM unnest($8::text[], $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[],
        $15::int[]) r
      ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, updated_at = excluded.updated_at, count = excluded.count,
        new_count = excluded.new_count, removed = excluded.removed),
    known_likes AS (
      INSERT INTO likes (post_id, user_id, liked, rev, alert_seq, ops)
      SELECT r.* FROM unnest($16::text[], $17::text[], $18::int[], $19::bigint[], $20::bigint[], $21::text[]) r
      ON CONFLICT (post_id, user_id) DO UPDATE SET liked = excluded.liked, rev = excluded.rev,
        alert_seq = excluded.alert_seq, ops = excluded.ops)
    INSERT INTO likes (post_id, user_id, liked, rev, alert_seq, ops)
    SELECT r.* FROM unnest($22::text[], $23::text[], $24::int[], $25::bigint[], $26::bigint[], $27::text[]) r`,
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
  const toLike = ({ postId, userId, liked, rev, alertSeq, ops }: LikeRow) => {
    const known = ops.length > 0 ? JSON.stringify(ops) : null;
    return [postId, userId, Number(liked), rev, alertSeq, known];
  };
  const [knownLikes, newLikes] = [
    [...likes].filter((like) => like.isStored),
    [...likes].filter((like) => !like.isStored),
  ];
  tx.send(writePlan, [
    ...columnsOf(posts, ({ id, likeCount, rev }) => [id, likeCount, rev], 3),
    ...columnsOf(inboxes, ({ userId, seq, unread, lastAt }) => [userId, seq, unread, lastAt], 4),
    ...columnsOf(
      notifications,
      (n) => [n.id, n.recipientId, n.postId, n.seq, n.updatedAt, n.count, n.newCount, Number(n.removed)],
      8,
    ),
    ...columnsOf(knownLikes, toLike, 6),
    ...columnsOf(newLikes, toLike, 6),
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
