import { type Alert, createLiveClient, type LiveClient, socketWire } from '@live-likes/client';
import type { Post, Problem, User } from '@live-likes/contract';
import { type Call, createCall } from '../http/api.ts';
import { createMe, type MeState } from './me.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { keepLastSeen, type LastSeen } from './lastSeen.ts';
import { createViewport } from './viewport.ts';
import { onWaking } from './waking.ts';

export { sortedItems, writable } from '@live-likes/client';
export type { ConnectionState, Inbox, Readable } from '@live-likes/client';

export interface LiveEvents {
  alert: Alert;
  likeRefused: Problem;
  /** In ms. */
  likesHeld: number;
  postCreated: Post;
  postDeleted: string;
  /** Fetched lists may be out of date. */
  resumed: null;
}

/** Everything that belongs to one login, and ends with it. */
export interface Live {
  /** Names this login, also among several of the same user. */
  id: string;
  user: User;
  /** What was seen last: all there is to show until the server has been reached. */
  lastSeen: LastSeen | null;
  client: LiveClient;
  /** HTTP in the name of this user. */
  call: Call;
  /** Settings and rights. */
  me: MeState;
  on: Emitter<LiveEvents>['on'];
  /** A ref for elements with `data-post-id`: they get live counts; of more than 100, those near the viewport. */
  trackPost(element: HTMLElement): () => void;
  /** What the feed shows, to be kept for a visit without a network. */
  keepFeed(posts: readonly Post[]): void;
  close(): void;
}

/**
 * Opens the one connection of a login. Not to be called while rendering: StrictMode renders twice.
 *
 * @param lastSeen given when the server could not be asked who is logged in
 */
export function openLive(user: User, lastSeen: LastSeen | null, onEnded: (reason: string) => void): Live {
  const events = createEmitter<LiveEvents>();
  const closed = new AbortController();
  const call = createCall({
    actingUserId: user.id,
    onUnauthenticated: () => onEnded('UNAUTHENTICATED'),
    ended: closed.signal,
  });
  const me = createMe(call);
  const client = createLiveClient({
    userId: user.id,
    wire: socketWire({ url: location.origin }),
    onAlert: (alert) => events.emit('alert', alert),
    onLikeRefused: (_postId, problem) => events.emit('likeRefused', problem),
    onLikesHeld: (forMs) => events.emit('likesHeld', forMs),
    onPostCreated: (post) => events.emit('postCreated', post),
    onPostDeleted: (postId) => events.emit('postDeleted', postId),
    onSettings: (settings) => me.take(settings),
    onResumed() {
      void me.refresh();
      events.emit('resumed', null);
    },
    onEnded,
  });
  // Anything that the server says of these posts is newer.
  client.seen((lastSeen?.posts ?? []).map((post) => ({ ...post, rev: -1 })));
  const keeper = keepLastSeen(user, client);
  const stopWaking = onWaking(client.wake);
  return {
    id: crypto.randomUUID(),
    user,
    lastSeen,
    client,
    call,
    me,
    on: events.on,
    trackPost: createViewport((postIds) => client.watch(postIds)),
    keepFeed: keeper.posts,
    close() {
      closed.abort();
      keeper.close();
      stopWaking();
      client.close();
    },
  };
}
