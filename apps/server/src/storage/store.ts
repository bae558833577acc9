import type {
  AnnouncementsPage,
  ChangeSettings,
  Counts,
  InboxDelta,
  InboxHead,
  InboxPage,
  InboxRead,
  LikeOp,
  LikersPage,
  LikeState,
  Notification,
  Post,
  PostsPage,
  Profile,
  PushSubscriptionData,
  Settings,
  User,
  UsersPage,
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
  /** Nothing was done, since another process writes to the author's inbox: the same request may be made again soon. */
  isBusy?: boolean;
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
 * Everything that is kept. Each method is one whole transaction (a read: one snapshot) unless it says
 * otherwise, and what it wrote is on disk when its promise resolves. Where the storage fails it throws a
 * `Refusal` with `UNAVAILABLE`: all of it was written or nothing. On SQLite that is nothing; on PostgreSQL it is not known
 * when the answer to the commit was lost, so that whoever tries again says that it is the same (an operation, an id).
 */
export interface Store extends PushStore {
  /** Resolves when the storage answers. */
  ping(): Promise<void>;
  /**
   * Whether another process may have written, since the last time this was asked, what this one must learn of, such as
   * the end of a session. True too often does no harm.
   */
  changedElsewhere(): Promise<boolean>;
  /**
   * Names this history of the data. Another epoch: sequence numbers known so far mean nothing. Where several processes
   * share the data it is the newest that this one knows of; an answer about an inbox has that of its own snapshot.
   */
  readonly epoch: string;
  /** Runs `work`, which makes what is made once, while no other process on the same data does so. No transaction. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;

  /** Whose session a token stands for; null when it has ended, or never was. */
  login(token: string): Promise<{ sessionId: string; user: User } | null>;
  /** Of the sessions, those that have not ended. */
  livingSessions(ids: readonly string[]): Promise<ReadonlySet<string>>;

  createPost(post: { authorId: string; body: string; createdAt?: Date }): Promise<Post>;
  /** Null when there is no such post. */
  post(id: string, asker: string): Promise<Post | null>;
  posts(asker: string, page: PageRequest): Promise<PostsPage>;
  postsBy(authorId: string, asker: string, page: PageRequest): Promise<PostsPage>;
  /** Removes the post with its likes, and takes its notification back. */
  deletePost(id: string): Promise<Touched[]>;
  /** While it is `muted`, likes that come are counted, and not new. What was unread before stays so. */
  mutePost(id: string, muted: boolean): Promise<Touched[]>;
  /** Most recent likers first; null when there is no such post. */
  likers(postId: string, page: PageRequest): Promise<LikersPage | null>;
  /** Of the posts that exist. */
  counts(postIds: readonly string[]): Promise<Counts[]>;

  /** Applies the requests in their order, in one transaction. One outcome per request. */
  applyLikes(requests: readonly LikeRequest[]): Promise<{ outcomes: LikeOutcome[]; touched: Touched[] }>;

  /** What has changed since the cursor, or a reset when the cursor is missing, foreign or too old. */
  inboxSince(userId: string, cursor: { epoch: string; since: number } | null): Promise<InboxAnswer>;
  inboxPage(userId: string, page: PageRequest): Promise<InboxPage>;
  markRead(userId: string, what: InboxRead): Promise<{ unread: number; touched: Touched[] }>;
  /** Of the given users, in any order. */
  heads(userIds: readonly string[]): Promise<(InboxHead & { userId: string })[]>;

  /** Null when nobody has this username, which is in lower case. */
  profile(username: string): Promise<Profile | null>;
  /**
   * Whose name or username contains the text, whatever its case, in the order of their usernames. Not one snapshot:
   * there may be very many people to look at, and others go on meanwhile.
   */
  users(search: string, page: PageRequest): Promise<UsersPage>;
  /** The defaults for whoever has changed none. */
  settings(userId: string): Promise<Settings>;
  /** `rev` grows, unless the settings are like that already. */
  changeSettings(userId: string, changes: ChangeSettings): Promise<{ settings: Settings; changed: boolean }>;

  /**
   * Keeps an announcement that nobody has yet, unless there is one of this id. `to`: ids, unknown ones are left out; null:
   * everybody.
   */
  createAnnouncement(id: string, text: string, to: readonly string[] | null): Promise<{ recipients: number }>;
  /** Hands it to the next `limit` recipients. */
  deliverAnnouncement(id: string, limit: number): Promise<{ touched: Touched[]; done: boolean }>;
  /** Ids of announcements that some recipients do not have yet. */
  undeliveredAnnouncements(): Promise<string[]>;
  /** Newest first. */
  announcements(page: PageRequest): Promise<AnnouncementsPage>;
  countUsers(): Promise<number>;
  /** Of the ids, those that are a user's, each once. */
  knownUsers(ids: readonly string[]): Promise<string[]>;
}

/** Unread notifications that tell of something after a `seq`. */
export interface News {
  /** Newest first; `toldAt` is the `seq` at which the last of it was told of. */
  items: { notification: Notification; toldAt: number }[];
  /** Where the inbox ends: the items show everything up to here. */
  seq: number;
  unread: number;
}

/** The part for Web Push. A subscription ends with the session that registered it. */
export interface PushStore {
  /**
   * Registers it for this session, and for no other one any more. Of the user's, the newest `max` stay.
   *
   * @returns false when the session has ended.
   */
  addPushSubscription(sessionId: string, subscription: PushSubscriptionData, max: number): Promise<boolean>;
  /** Removes the user's subscription with this endpoint, if there is one. */
  endPushSubscription(userId: string, endpoint: string): Promise<void>;
  /** Removes it, whosoever it is: its push service says that there is no such one. */
  forgetPushSubscription(endpoint: string): Promise<void>;
  /** Of the user's sessions that have not expired at `now`. */
  pushSubscriptions(userId: string, now: Date): Promise<PushSubscriptionData[]>;
  /** Whether the user still has such a subscription with this endpoint, and neither read nor muted the notification. */
  isPushDue(userId: string, push: { endpoint: string; notificationId: string }, now: Date): Promise<boolean>;
  /** Of the users, those with such a subscription. */
  pushSubscribers(userIds: readonly string[], now: Date): Promise<string[]>;
  /** What is told of after `since` and up to `upTo`, and is still unread: at most the newest `limit`. */
  news(userId: string, range: { since: number; upTo: number }, limit: number): Promise<News>;
}
