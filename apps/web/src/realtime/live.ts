import { type Alert, createLiveClient, type LiveClient, socketWire } from '@live-likes/client';
import type { Post, Problem, User } from '@live-likes/contract';
import { type Call, createCall } from '../http/api.ts';
import { createEmitter, type Emitter } from './emitter.ts';
import { createViewport } from './viewport.ts';
import { onWaking } from './waking.ts';

export { sortedItems } from '@live-likes/client';
export type { ConnectionState, Inbox, Readable } from '@live-likes/client';

export interface LiveEvents {
  alert: Alert;
  likeRefused: Problem;
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
  client: LiveClient;
  /** HTTP in the name of this user. */
  call: Call;
  on: Emitter<LiveEvents>['on'];
  /** A ref for elements with `data-post-id`: they get live counts; of more than 100, those near the viewport. */
  trackPost(element: HTMLElement): () => void;
  close(): void;
}

/** Opens the one connection of a login. Not to be called while rendering: StrictMode renders twice. */
export function openLive(user: User, onEnded: (reason: string) => void): Live {
  const events = createEmitter<LiveEvents>();
  const client = createLiveClient({
    userId: user.id,
    wire: socketWire(),
    onAlert: (alert) => events.emit('alert', alert),
    onLikeRefused: (_postId, problem) => events.emit('likeRefused', problem),
    onPostCreated: (post) => events.emit('postCreated', post),
    onPostDeleted: (postId) => events.emit('postDeleted', postId),
    onResumed: () => events.emit('resumed', null),
    onEnded,
  });
  const stopWaking = onWaking(client.wake);
  return {
    id: crypto.randomUUID(),
    user,
    client,
    call: createCall({ actingUserId: user.id, onUnauthenticated: () => onEnded('UNAUTHENTICATED') }),
    on: events.on,
    trackPost: createViewport((postIds) => client.watch(postIds)),
    close() {
      stopWaking();
      client.close();
    },
  };
}
