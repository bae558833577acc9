import {
  type Counts,
  IDS_MAX,
  type InboxRead,
  type LikeState,
  type Post,
  type Problem,
  type Result,
  type ServerEventData,
  type Settings,
} from '@live-likes/contract';
import { type Alert, createAlerts } from './alerts.ts';
import type { Change, Inbox } from './inbox.ts';
import { createInboxFeed } from './inboxFeed.ts';
import { createLikeQueue } from './likeQueue.ts';
import type { FetchInboxPage } from './olderPages.ts';
import { createPostLikes, type PostLikes } from './postLikes.ts';
import { type Readable, writable } from './readable.ts';
import { type Clock, RETRY_MS, systemClock, type Wire, type WireHandlers } from './wire.ts';

/** Counts are pushed once. One that was lost is made good when they are asked for again. */
const WATCH_AGAIN_MS = 20_000;
const WAKES_APART_MS = 1_000;

/** `catching-up`: connected, but not everything that happened meanwhile is known yet. */
export type ConnectionState = 'live' | 'catching-up' | 'offline';

export interface LiveClientEvents {
  /** Something the user should see, or should no longer see, as a pop-up. */
  onAlert?(alert: Alert): void;
  /** A like was refused for good and is shown as it was before. */
  onLikeRefused?(postId: string, problem: Problem): void;
  /** Likes come too fast for the server. They wait, and are sent by themselves. */
  onLikesHeld?(forMs: number): void;
  onPostCreated?(post: Post): void;
  onPostDeleted?(postId: string): void;
  /** The user's settings were changed, here or on another device. */
  onSettings?(settings: Settings): void;
  /** Connected, for the first time or again, or to a replaced database: what was fetched may be out of date. */
  onResumed?(): void;
  /** This login is over, on this screen too. Nothing more will come from this client. */
  onEnded?(reason: string): void;
}

export interface LiveClientOptions extends LiveClientEvents {
  /** The logged-in user. A connection that turns out to be somebody else's ends the client. */
  userId: string;
  wire: Wire;
  clock?: Clock;
}

export interface LiveClient {
  connection: Readable<ConnectionState>;
  inbox: Readable<Inbox>;
  /** Adds the next older page to the inbox. Rejects when it could not be fetched. */
  loadOlder(fetchPage: FetchInboxPage): Promise<void>;
  /** Distinct users online. */
  online: Readable<number>;
  /** What to add to the local clock to get the server's, in ms. */
  clockOffset: Readable<number>;
  /** Likes per post. `version` changes with any of them; `get` is undefined for a post never seen. */
  likes: { version: Readable<number>; get(postId: string): PostLikes | undefined };
  /** Tells the client what a fetched post says of its likes. */
  seen(posts: readonly Pick<Post, 'id' | 'liked' | 'likeCount' | 'rev'>[]): void;
  /** Shown at once, sent when connected, taken back if refused. Safe while offline. */
  setLike(postId: string, liked: boolean): void;
  /** The posts on screen (at most 100), whose counts are wanted live; replaces the earlier set. */
  watch(postIds: readonly string[]): void;
  /** Rejects when no answer came. */
  markRead(what: { upTo: number } | { ids: string[] }): Promise<Result<{ unread: number }>>;
  /**
   * Call when the screen, the network or the machine comes back: a connection that died unnoticed meanwhile is
   * replaced at once, and a wait for the next try ends.
   */
  wake(): void;
  close(): void;
}

/** One login's live connection: likes out, notifications and counts in, across any break. */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const { wire, userId, clock = systemClock } = options;
  const connection = writable<ConnectionState>('offline');
  const online = writable(0);
  const clockOffset = writable(0);
  const likes = createPostLikes();
  const alerts = createAlerts(clock.elapsed);
  let watched: string[] = [];
  let watchTimer: unknown;
  let wokenAt = -Infinity;
  let closed = false;

  const feed = createInboxFeed({
    clock,
    ask: (cursor) => wire.send('inbox:since', cursor),
    onCaughtUp: (caughtUp) => connection.set(caughtUp ? 'live' : 'catching-up'),
    onChanges: takeChanges,
  });

  const queue = createLikeQueue({
    clientId: crypto.randomUUID(),
    clock,
    send: (payload) => wire.send('like:set', payload),
    onWish: likes.wish,
    onState: likes.state,
    onRefused: (postId, problem) => options.onLikeRefused?.(postId, problem),
    onHeld: (forMs) => options.onLikesHeld?.(forMs),
  });

  function takeChanges(changes: Change[], from: Inbox, to: Inbox) {
    const sameHistory = from.epoch === to.epoch;
    for (const change of changes) {
      const alert = alerts.of(change, from.newestAt);
      if (sameHistory || alert.kind === 'dismiss') options.onAlert?.(alert);
      // Across histories, and before the first answer, it is not known which of the news was told already.
      else if (change.before) options.onAlert?.({ ...alert, kind: 'update' });
    }
    if (sameHistory || from.epoch === null) return;
    likes.forgetAll();
    options.onResumed?.();
  }

  function takeReady({ user, now, inbox: delta, online: count }: ServerEventData['session:ready']) {
    if (user.id !== userId) return end('another user is logged in');
    // Doubled on the way: the second one is older than what has happened since the first.
    if (connection.get() !== 'offline') return;
    clockOffset.set(Date.parse(now) - clock.now());
    online.set(count);
    const { epoch } = feed.inbox.get();
    feed.ready(delta);
    queue.connected();
    sendWatch();
    // Another history has told it already.
    if (epoch === null || epoch === feed.inbox.get().epoch) options.onResumed?.();
  }

  function sendWatch() {
    const asked = watched;
    clock.clearTimeout(watchTimer);
    void wire
      .send('posts:watch', { postIds: asked })
      .catch(() => null)
      .then((answer) => {
        if (asked !== watched || connection.get() === 'offline') return;
        clock.clearTimeout(watchTimer);
        if (!answer?.ok) {
          watchTimer = clock.setTimeout(sendWatch, answer?.error.retryAfterMs ?? RETRY_MS);
          return;
        }
        if (asked.length > 0) watchTimer = clock.setTimeout(sendWatch, WATCH_AGAIN_MS);
        answer.data.forEach(likes.counts);
        const there = new Set(answer.data.map((counts) => counts.postId));
        for (const postId of asked) if (!there.has(postId)) dropPost(postId);
      });
  }

  function dropPost(postId: string) {
    likes.forget(postId);
    options.onPostDeleted?.(postId);
  }

  const events: WireHandlers['events'] = {
    'session:ready': takeReady,
    'inbox:changed': feed.pushed,
    'inbox:head': feed.head,
    'like:changed'(state: LikeState) {
      // Before `session:ready` the connection may turn out to be another user's.
      if (connection.get() !== 'offline') likes.state(state);
    },
    'posts:changed': (counts: Counts[]) => counts.forEach(likes.counts),
    'post:created': ({ post }) => options.onPostCreated?.(post),
    'post:deleted': ({ postId }) => dropPost(postId),
    'settings:changed'(settings: Settings) {
      if (connection.get() !== 'offline') options.onSettings?.(settings);
    },
    'presence:changed': (presence) => online.set(presence.online),
    'session:ended': ({ reason }) => end(reason),
  };

  function end(reason: string) {
    if (closed) return;
    close();
    options.onEnded?.(reason);
  }

  function close() {
    closed = true;
    clock.clearTimeout(watchTimer);
    feed.lost();
    queue.close();
    wire.close();
    connection.set('offline');
  }

  wire.open({
    cursor: feed.cursor,
    events,
    lost() {
      clock.clearTimeout(watchTimer);
      feed.lost();
      queue.lost();
      connection.set('offline');
    },
    refused: (problem) => end(problem.code),
  });

  return {
    connection,
    inbox: feed.inbox,
    loadOlder: feed.loadOlder,
    online,
    clockOffset,
    likes,
    seen(posts) {
      for (const { id, liked, likeCount, rev } of posts) likes.state({ postId: id, liked, likeCount, rev });
    },
    setLike(postId, liked) {
      if (!closed) queue.set(postId, liked);
    },
    watch(postIds) {
      watched = postIds.slice(0, IDS_MAX);
      if (connection.get() !== 'offline') sendWatch();
    },
    async markRead(what) {
      const { epoch } = feed.inbox.get();
      if (connection.get() === 'offline' || epoch === null) throw new Error('not connected');
      const payload: InboxRead = 'ids' in what ? what : { epoch, upTo: what.upTo };
      return wire.send('inbox:read', payload);
    },
    wake() {
      // A screen that comes back says so in several ways at once.
      if (closed || clock.elapsed() - wokenAt < WAKES_APART_MS) return;
      wokenAt = clock.elapsed();
      if (connection.get() === 'offline') {
        wire.reconnect();
      } else {
        feed.probe(() => wire.reconnect());
        sendWatch();
      }
    },
    close,
  };
}
