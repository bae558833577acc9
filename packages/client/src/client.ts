import {
  type Counts,
  IDS_MAX,
  type InboxDelta,
  type InboxHead,
  type InboxRead,
  type LikeState,
  type Post,
  type Problem,
  type Result,
  type ServerEventData,
} from '@live-likes/contract';
import { type Alert, createAlerts } from './alerts.ts';
import { applyDelta, emptyInbox, type Inbox } from './inbox.ts';
import { createLikeQueue } from './likeQueue.ts';
import { createPostLikes, type PostLikes } from './postLikes.ts';
import { type Readable, writable } from './readable.ts';
import { type Clock, systemClock, type Wire, type WireHandlers } from './wire.ts';

const RETRY_MS = 1_000;

/** `catching-up`: connected, but not everything that happened meanwhile is known yet. */
export type ConnectionState = 'live' | 'catching-up' | 'offline';

export interface LiveClientEvents {
  /** Something the user should see, or should no longer see, as a pop-up. */
  onAlert?(alert: Alert): void;
  /** A like was refused for good and is shown as it was before. */
  onLikeRefused?(postId: string, problem: Problem): void;
  onPostCreated?(post: Post): void;
  onPostDeleted?(postId: string): void;
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
  /** Distinct users online. */
  online: Readable<number>;
  /** What to add to the local clock to get the server's, in ms. */
  clockOffset: Readable<number>;
  /** Likes per post. `version` changes with any of them; `get` is undefined for a post never seen. */
  likes: { version: Readable<number>; get(postId: string): PostLikes | undefined };
  /** Tells the client what a fetched post says of its likes. */
  seen(posts: readonly Post[]): void;
  /** Shown at once, sent when connected, taken back if refused. Safe while offline. */
  setLike(postId: string, liked: boolean): void;
  /** The posts on screen (at most 100), whose counts are wanted live; replaces the earlier set. */
  watch(postIds: readonly string[]): void;
  /** Rejects when no answer came. */
  markRead(what: { upTo: number } | { ids: string[] }): Promise<Result<{ unread: number }>>;
  close(): void;
}

/** One login's live connection: likes out, notifications and counts in, across any break. */
export function createLiveClient(options: LiveClientOptions): LiveClient {
  const { wire, userId, clock = systemClock } = options;
  const connection = writable<ConnectionState>('offline');
  const inbox = writable<Inbox>(emptyInbox);
  const online = writable(0);
  const clockOffset = writable(0);
  const likes = createPostLikes();
  const alerts = createAlerts(clock.now);
  let watched: string[] = [];
  let closed = false;
  /** Counts the handshakes, so that an answer of an old connection is not taken for news. */
  let handshake = 0;
  let catchingUp = false;
  let retry: unknown;
  let watchRetry: unknown;
  /** The cursor that the handshake under way asked from. */
  let askedFrom = 0;

  const queue = createLikeQueue({
    clientId: crypto.randomUUID(),
    clock,
    send: (payload) => wire.send('like:set', payload),
    onWish: likes.wish,
    onState: likes.state,
    onRefused: (postId, problem) => options.onLikeRefused?.(postId, problem),
  });

  /**
   * @param answers the cursor that was asked from, when the delta is an answer.
   * @returns whether another history of the data begins with it.
   */
  function take(delta: InboxDelta, answers: number | null): boolean {
    const before = inbox.get();
    const applied = applyDelta(before, delta, answers);
    if (applied.kind === 'gap') void catchUp();
    if (applied.kind !== 'applied') return false;
    inbox.set(applied.inbox);
    // After a reset it is not known which of the news was already told.
    for (const change of applied.changes) {
      const alert = alerts.of(change);
      if (alert.kind === 'show' && delta.reset) {
        if (change.before) options.onAlert?.({ ...alert, kind: 'update' });
      } else {
        options.onAlert?.(alert);
      }
    }
    const replaced = before.epoch !== null && before.epoch !== delta.epoch;
    if (replaced) {
      likes.forgetAll();
      options.onResumed?.();
    }
    return replaced;
  }

  function takeHead(head: InboxHead) {
    const { epoch, cursor } = inbox.get();
    if (epoch !== head.epoch || cursor !== head.seq) void catchUp();
  }

  /** Asks for what is missing. One question at a time: its answer covers all that came before it. */
  async function catchUp() {
    const { epoch, cursor } = inbox.get();
    if (catchingUp || epoch === null || closed) return;
    catchingUp = true;
    connection.set('catching-up');
    const asked = handshake;
    const answer = await wire.send('inbox:since', { epoch, since: cursor }).catch(() => null);
    if (asked !== handshake || closed) return;
    catchingUp = false;
    if (answer?.ok) {
      take(answer.data, cursor);
      if (!catchingUp) connection.set('live');
    } else {
      clock.clearTimeout(retry);
      retry = clock.setTimeout(() => void catchUp(), answer?.error.retryAfterMs ?? RETRY_MS);
    }
  }

  function takeReady({ user, now, inbox: delta, online: count }: ServerEventData['session:ready']) {
    if (user.id !== userId) return end('another user is logged in');
    handshake += 1;
    catchingUp = false;
    clock.clearTimeout(retry);
    clockOffset.set(Date.parse(now) - clock.now());
    online.set(count);
    const replaced = take(delta, askedFrom);
    connection.set('live');
    queue.connected();
    sendWatch();
    if (!replaced) options.onResumed?.();
  }

  function sendWatch() {
    const asked = watched;
    clock.clearTimeout(watchRetry);
    void wire
      .send('posts:watch', { postIds: asked })
      .catch(() => null)
      .then((answer) => {
        if (asked !== watched || connection.get() === 'offline') return;
        if (!answer?.ok) {
          watchRetry = clock.setTimeout(sendWatch, answer?.error.retryAfterMs ?? RETRY_MS);
          return;
        }
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
    'inbox:changed': (delta) => void take(delta, null),
    'inbox:head': takeHead,
    'like:changed': (state: LikeState) => likes.state(state),
    'posts:changed': (counts: Counts[]) => counts.forEach(likes.counts),
    'post:created': ({ post }) => options.onPostCreated?.(post),
    'post:deleted': ({ postId }) => dropPost(postId),
    'presence:changed': (presence) => online.set(presence.online),
    'session:ended': ({ reason }) => end(reason),
    // The connection is about to be lost, and comes back by itself.
    'server:draining': () => undefined,
  };

  function end(reason: string) {
    if (closed) return;
    close();
    options.onEnded?.(reason);
  }

  function close() {
    closed = true;
    clock.clearTimeout(retry);
    clock.clearTimeout(watchRetry);
    queue.close();
    wire.close();
    connection.set('offline');
  }

  wire.open({
    cursor() {
      const { epoch, cursor } = inbox.get();
      askedFrom = cursor;
      return epoch === null ? null : { epoch, since: cursor };
    },
    events,
    lost() {
      handshake += 1;
      catchingUp = false;
      clock.clearTimeout(retry);
      clock.clearTimeout(watchRetry);
      queue.lost();
      connection.set('offline');
    },
    refused: (problem) => end(problem.code),
  });

  return {
    connection,
    inbox,
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
      const { epoch } = inbox.get();
      // Before `session:ready` the connection may turn out to be another user's.
      if (connection.get() === 'offline' || epoch === null) throw new Error('not connected');
      const payload: InboxRead = 'ids' in what ? what : { epoch, upTo: what.upTo };
      return wire.send('inbox:read', payload);
    },
    close,
  };
}
