import type { Post, Settings } from '@live-likes/contract';
import type { LikeChange, Touched } from './storage/store.ts';

/**
 * Tells connected people of what was committed. Every push is a hint that may get lost: whoever
 * misses one finds the truth in the store.
 */
export interface Publish {
  /** These inboxes have changed. */
  inboxes(touched: readonly Touched[]): void;
  likes(changes: readonly LikeChange[]): void;
  postCreated(post: Post): void;
  postDeleted(postId: string): void;
  /** To the user's own devices. */
  settings(userId: string, settings: Settings): void;
}
