import type {
  Counts,
  InboxDelta,
  InboxHead,
  InboxPage,
  InboxRead,
  LikeOp,
  LikersPage,
  LikeState,
  Post,
  PostsPage,
} from '@live-likes/contract';

export interface LikeRequest {
  userId: string;
  postId: string;
  liked: boolean;
  /** Null: apply in any case, for callers that do not retry. */
  op: LikeOp | null;
}

/** The state after the request; null when there is no such post. */
export interface LikeOutcome {
  state: LikeState | null;
  changed: boolean;
}

/** A like that changed something, and the socket that learns of it from its acknowledgement. */
export interface LikeChange {
  userId: string;
  state: LikeState;
  exceptSocket?: string;
}

/** An inbox that got new entries, all of them after `from`. */
export interface Touched {
  userId: string;
  from: number;
}

/** What one snapshot says: where the inbox ends, and as much of the way there as fits one message. */
export interface InboxAnswer {
  /** `to` is `head` unless there is more than one message carries. */
  delta: InboxDelta;
  head: number;
}

export interface PageRequest {
  /** The `next` of the page before. */
  before?: string;
  limit: number;
}

/**
 * Everything that is kept. Each method is one whole transaction (a read: one snapshot), and what it
 * wrote is on disk when its promise resolves. Where the storage fails it throws a `Refusal` with
 * `UNAVAILABLE`, and nothing was written.
 */
export interface Store {
  /** Resolves when the storage answers. */
  ping(): Promise<void>;
  /** Names this history of the data. Another epoch: sequence numbers known so far mean nothing. */
  readonly epoch: string;

  createPost(post: { authorId: string; body: string; createdAt?: Date }): Promise<Post>;
  /** Null when there is no such post. */
  post(id: string, asker: string): Promise<Post | null>;
  posts(asker: string, page: PageRequest): Promise<PostsPage>;
  /** Removes the post with its likes, and takes its notification back. */
  deletePost(id: string): Promise<Touched[]>;
  /** Most recent likers first; null when there is no such post. */
  likers(postId: string, page: PageRequest): Promise<LikersPage | null>;
  /** Of the posts that exist. */
  counts(postIds: readonly string[]): Promise<Counts[]>;

  /** Applies the requests in their order, in one transaction. One outcome per request. */
  applyLikes(requests: readonly LikeRequest[]): Promise<{ outcomes: LikeOutcome[]; touched: Touched[] }>;
  /** Forgets operation numbers not seen since `before`. */
  forgetOps(before: Date): Promise<void>;

  /** What has changed since the cursor, or a reset when the cursor is missing, foreign or too old. */
  inboxSince(userId: string, cursor: { epoch: string; since: number } | null): Promise<InboxAnswer>;
  inboxPage(userId: string, page: PageRequest): Promise<InboxPage>;
  markRead(userId: string, what: InboxRead): Promise<{ unread: number; touched: Touched[] }>;
  /** Of the given users, in any order. */
  heads(userIds: readonly string[]): Promise<(InboxHead & { userId: string })[]>;

  /** Keeps an announcement that nobody has yet. `to`: ids, unknown ones are left out; null: everybody. */
  createAnnouncement(text: string, to: readonly string[] | null): Promise<{ id: string; recipients: number }>;
  /** Hands it to the next `limit` recipients. */
  deliverAnnouncement(id: string, limit: number): Promise<{ touched: Touched[]; done: boolean }>;
  /** Ids of announcements that some recipients do not have yet. */
  undeliveredAnnouncements(): Promise<string[]>;
}
