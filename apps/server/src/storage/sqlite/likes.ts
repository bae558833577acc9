import type { DatabaseSync } from 'node:sqlite';
import { likeKey, type LikesPlan, type LikesState, opKey, planLikes } from '../planLikes.ts';
import type { LikeRequest, Store } from '../store.ts';
import { guarded, transaction } from './connection.ts';
import type { History } from './history.ts';

const HOUR_MS = 3_600_000;

/** A request with every row that it touches; what is not there yet is null. */
interface TouchedColumns {
  post_id: string;
  user_id: string;
  author_id: string;
  like_count: number;
  post_rev: number;
  muted: number;
  liked: number | null;
  like_rev: number;
  alert_seq: number | null;
  client: string | null;
  n: number | null;
  notification_id: string | null;
  notification_seq: number;
  updated_at: number;
  count: number;
  new_count: number;
  read_seq: number;
  removed: number;
  inbox_seq: number | null;
  unread: number;
  last_at: number;
}

/** One multi-row statement per table and batch: rows travel as one JSON array of arrays. */
export function likeStore(
  db: DatabaseSync,
  history: History,
  now: () => number,
): Pick<Store, 'applyLikes' | 'forgetOps'> {
  const read = db.prepare(`
    SELECT p.id AS post_id, r.value ->> 1 AS user_id, p.author_id, p.like_count, p.rev AS post_rev, p.muted,
      l.liked, l.rev AS like_rev, l.alert_seq, o.client, o.n,
      n.id AS notification_id, n.seq AS notification_seq, n.updated_at, n.count, n.new_count, n.read_seq, n.removed,
      i.seq AS inbox_seq, i.unread, i.last_at
    FROM json_each(?) r
    JOIN post p ON p.id = r.value ->> 0
    LEFT JOIN likes l ON l.post_id = p.id AND l.user_id = r.value ->> 1
    LEFT JOIN like_op o ON o.post_id = p.id AND o.user_id = r.value ->> 1 AND o.client = r.value ->> 2
    LEFT JOIN notification n ON n.post_id = p.id
    LEFT JOIN inbox i ON i.user_id = p.author_id`);
  const writePosts = db.prepare(`
    UPDATE post SET like_count = r.value ->> 1, rev = r.value ->> 2 FROM json_each(?) r WHERE post.id = r.value ->> 0`);
  const writeLikes = upsert('likes', ['post_id', 'user_id'], ['liked', 'rev', 'alert_seq']);
  const writeOps = upsert('like_op', ['post_id', 'user_id', 'client'], ['n', 'hour']);
  const writeInboxes = upsert('inbox', ['user_id'], ['seq', 'unread', 'last_at']);
  const writeNotifications = upsert(
    'notification',
    ['id'],
    ['recipient_id', 'kind', 'post_id', 'seq', 'updated_at', 'count', 'new_count', 'read_seq', 'removed'],
  );
  const forgetOps = db.prepare('DELETE FROM like_op WHERE hour < ?');

  function upsert(table: string, key: string[], columns: string[]) {
    const all = [...key, ...columns];
    return db.prepare(`
      INSERT INTO ${table} (${all.join(', ')}) SELECT ${all.map((_, i) => `r.value ->> ${i}`).join(', ')}
      FROM json_each(?) r WHERE true
      ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}`);
  }

  function readState(requests: readonly LikeRequest[]): LikesState {
    const keys = requests.map(({ postId, userId, op }) => [postId, userId, op?.client ?? null]);
    const state: LikesState = {
      posts: new Map(),
      likes: new Map(),
      ops: new Map(),
      notifications: new Map(),
      inboxes: new Map(),
    };
    for (const row of read.all(JSON.stringify(keys)) as unknown as TouchedColumns[]) addRow(state, row);
    return state;
  }

  function write(plan: LikesPlan, time: number) {
    const hour = Math.floor(time / HOUR_MS);
    const steps = [
      [writePosts, [...plan.posts].map((p) => [p.id, p.likeCount, p.rev])],
      [writeLikes, [...plan.likes].map((l) => [l.postId, l.userId, Number(l.liked), l.rev, l.alertSeq])],
      [writeOps, [...plan.ops].map((o) => [o.postId, o.userId, o.client, o.n, hour])],
      [writeInboxes, [...plan.inboxes].map((i) => [i.userId, i.seq, i.unread, i.lastAt])],
      [
        writeNotifications,
        [...plan.notifications].map((n) => [
          n.id,
          n.recipientId,
          'like',
          n.postId,
          n.seq,
          n.updatedAt,
          n.count,
          n.newCount,
          n.readSeq,
          Number(n.removed),
        ]),
      ],
    ] as const;
    for (const [statement, rows] of steps) if (rows.length > 0) statement.run(JSON.stringify(rows));
  }

  return {
    applyLikes: (requests) =>
      guarded(() => {
        const time = now();
        const { plan, commits } = transaction(db, 'write', () => {
          const planned = planLikes(readState(requests), requests, time);
          write(planned, time);
          return { plan: planned, commits: history.count() };
        });
        history.mark(commits);
        return { outcomes: plan.outcomes, touched: plan.touched };
      }),

    forgetOps: (before) => guarded(() => void forgetOps.run(Math.floor(before.getTime() / HOUR_MS))),
  };
}

function addRow(state: LikesState, row: TouchedColumns) {
  const { post_id: postId, user_id: userId, author_id: authorId } = row;
  state.posts.set(postId, {
    id: postId,
    authorId,
    likeCount: row.like_count,
    rev: row.post_rev,
    muted: row.muted === 1,
  });
  if (row.liked !== null) {
    state.likes.set(likeKey(postId, userId), {
      postId,
      userId,
      liked: row.liked === 1,
      rev: row.like_rev,
      alertSeq: row.alert_seq,
    });
  }
  if (row.client !== null && row.n !== null) {
    state.ops.set(opKey(userId, row.client, postId), { userId, client: row.client, postId, n: row.n });
  }
  if (row.notification_id !== null) {
    state.notifications.set(postId, {
      id: row.notification_id,
      recipientId: authorId,
      postId,
      seq: row.notification_seq,
      updatedAt: row.updated_at,
      count: row.count,
      newCount: row.new_count,
      readSeq: row.read_seq,
      removed: row.removed === 1,
    });
  }
  if (row.inbox_seq !== null) {
    state.inboxes.set(authorId, {
      userId: authorId,
      seq: row.inbox_seq,
      unread: row.unread,
      lastAt: row.last_at,
    });
  }
}
