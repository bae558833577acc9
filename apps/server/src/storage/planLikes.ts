import type { LikeOp } from '@live-likes/contract';
import { v7 as newId } from 'uuid';
import type { LikeOutcome, LikeRequest, Touched } from './store.ts';

const HOUR_MS = 3_600_000;
/** A retry that is older is no retry any more. */
const OPS_KEPT_HOURS = 25;
/** Of so many clients of one person on one post: many times more than may be connected at once. */
const OPS_KEPT = 250;

/*
 * What a batch of likes does to the stored state, as a pure function: an adapter reads the rows that
 * the batch touches, plans, and writes the changed rows back, all in one transaction.
 */

export interface PostRow {
  id: string;
  authorId: string;
  likeCount: number;
  rev: number;
  /** Its author wants to hear no more of it. */
  muted: boolean;
  /** Those that a batch touches, by user. */
  likes: Map<string, LikeRow>;
  /** What its author is told of it; null before anybody else's like. */
  notification: NotificationRow | null;
}

export interface LikeRow {
  postId: string;
  userId: string;
  liked: boolean;
  /** The post's `rev` when this like last changed: the order of likers. */
  rev: number;
  /**
   * The `seq` at which the author was told of this like. Null: never told (the post was muted), or taken back
   * before the author had read it, so that the next like is news.
   */
  alertSeq: number | null;
  /** The newest operation of each client on it, the latest last. */
  ops: LastOp[];
  /** There is a row of it already. */
  isStored: boolean;
}

export type LastOp = [client: string, n: number, hour: number];

interface NotificationRow {
  id: string;
  recipientId: string;
  postId: string;
  seq: number;
  /** Milliseconds; unique and growing per recipient. 0: not given yet. */
  updatedAt: number;
  count: number;
  newCount: number;
  /** Likes told of up to this `seq` have been read. */
  readSeq: number;
  removed: boolean;
  /** There is a row of it already. */
  isStored: boolean;
}

interface InboxRow {
  userId: string;
  seq: number;
  unread: number;
  /** The newest `updatedAt` given out. */
  lastAt: number;
}

/**
 * The rows that a batch touches, as they are before it. The plan changes them in place, and adds those that it makes: a
 * row that is missing here is taken for one that is not stored.
 */
export interface LikesState {
  /** By id; one that is missing does not exist. */
  posts: Map<string, PostRow>;
  /** Of the authors of these posts, by user; one that has never been told anything is missing. */
  inboxes: Map<string, InboxRow>;
}

export interface LikesPlan {
  outcomes: LikeOutcome[];
  touched: Touched[];
  /** Rows to write. */
  posts: Set<PostRow>;
  likes: Set<LikeRow>;
  notifications: Set<NotificationRow>;
  inboxes: Set<InboxRow>;
}

export function planLikes(state: LikesState, requests: readonly LikeRequest[], now: number): LikesPlan {
  const plan: LikesPlan = {
    outcomes: [],
    touched: [],
    posts: new Set(),
    likes: new Set(),
    notifications: new Set(),
    inboxes: new Set(),
  };

  const hour = Math.floor(now / HOUR_MS);

  for (const request of requests) plan.outcomes.push(apply(request));
  return plan;

  function apply({ userId, postId, liked, op }: LikeRequest): LikeOutcome {
    const post = state.posts.get(postId);
    if (!post) return { state: null, changed: false };
    const like = likeOf(post, userId);
    const isNew = op === null || isNewOp(like, op);
    const changed = isNew && like.liked !== liked;
    if (changed || (isNew && op !== null)) plan.likes.add(like);
    if (changed) {
      post.rev += 1;
      post.likeCount += liked ? 1 : -1;
      like.liked = liked;
      like.rev = post.rev;
      plan.posts.add(post);
      if (userId !== post.authorId) tellAuthor(post, like);
    }
    return { state: { postId, liked: like.liked, likeCount: post.likeCount, rev: post.rev }, changed };
  }

  function likeOf({ id: postId, likes }: PostRow, userId: string): LikeRow {
    let like = likes.get(userId);
    if (!like) {
      like = { postId, userId, liked: false, rev: 0, alertSeq: null, ops: [], isStored: false };
      likes.set(userId, like);
    }
    return like;
  }

  function isNewOp(like: LikeRow, { client, n }: LikeOp): boolean {
    const known = like.ops.find(([name]) => name === client);
    if (known && n <= known[1]) return false;
    const others = like.ops.filter(([name, , at]) => name !== client && at >= hour - OPS_KEPT_HOURS);
    like.ops = [...others.slice(1 - OPS_KEPT), [client, n, hour]];
    return true;
  }

  function tellAuthor(post: PostRow, like: LikeRow) {
    const inbox = state.inboxes.get(post.authorId) ?? { userId: post.authorId, seq: 0, unread: 0, lastAt: 0 };
    state.inboxes.set(post.authorId, inbox);
    const notification = nextState(inbox, post);
    const wasUnread = notification.newCount > 0;

    if (like.liked) {
      notification.count += 1;
      const isNews = like.alertSeq === null && !post.muted;
      if (isNews) {
        like.alertSeq = notification.seq;
        notification.newCount += 1;
      }
      if (isNews || notification.updatedAt === 0) {
        inbox.lastAt = Math.max(now, inbox.lastAt + 1);
        notification.updatedAt = inbox.lastAt;
      }
    } else {
      notification.count -= 1;
      if (like.alertSeq !== null && like.alertSeq > notification.readSeq) {
        like.alertSeq = null;
        notification.newCount -= 1;
      }
    }
    notification.removed = notification.count === 0;
    inbox.unread += Number(notification.newCount > 0) - Number(wasUnread);
  }

  /** The post's notification with its `seq` in this batch: the recipient's next one, given once. */
  function nextState(inbox: InboxRow, post: PostRow): NotificationRow {
    const notification = (post.notification ??= {
      id: newId(),
      recipientId: inbox.userId,
      postId: post.id,
      seq: 0,
      updatedAt: 0,
      count: 0,
      newCount: 0,
      readSeq: 0,
      removed: true,
      isStored: false,
    });
    if (plan.notifications.has(notification)) return notification;
    plan.notifications.add(notification);
    if (!plan.inboxes.has(inbox)) {
      plan.inboxes.add(inbox);
      plan.touched.push({ userId: inbox.userId, from: inbox.seq });
    }
    inbox.seq += 1;
    notification.seq = inbox.seq;
    return notification;
  }
}
