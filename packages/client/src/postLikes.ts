import type { Counts, LikeState } from '@live-likes/contract';
import { type Readable, writable } from './readable.ts';

/** One post's likes as this screen should show them, the user's own wish already counted in. */
export interface PostLikes {
  liked: boolean;
  likeCount: number;
  /** The wish is not confirmed yet. */
  pending: boolean;
  /** Of the count, as the server knows it: grows also when one like comes as another goes. */
  rev: number;
}

interface Known {
  liked: boolean;
  likedRev: number;
  likeCount: number;
  countRev: number;
}

/**
 * What is known of each post's likes: the newest of everything the server said (highest `rev` wins,
 * whatever the order of arrival), with the wish that the server has not answered yet laid over it.
 */
export function createPostLikes() {
  const known = new Map<string, Known>();
  const wishes = new Map<string, boolean>();
  /**
   * Counts that came before the post itself, or while a wish was open: nobody knows yet whether they have it
   * counted in.
   */
  const held = new Map<string, Counts>();
  const shown = new Map<string, PostLikes>();
  const version = writable(0);

  function refresh(postId: string) {
    const state = known.get(postId);
    if (!state) return;
    const wish = wishes.get(postId);
    const liked = wish ?? state.liked;
    const next: PostLikes = {
      liked,
      likeCount: Math.max(0, state.likeCount + Number(liked) - Number(state.liked)),
      pending: wish !== undefined,
      rev: state.countRev,
    };
    const last = shown.get(postId);
    if (
      last?.liked === next.liked &&
      last.likeCount === next.likeCount &&
      last.pending === next.pending &&
      last.rev === next.rev
    )
      return;
    shown.set(postId, next);
    version.set(version.get() + 1);
  }

  function release(postId: string) {
    const counts = held.get(postId);
    held.delete(postId);
    if (counts) store.counts(counts);
  }

  const store = {
    /** Changes whenever any post's likes do. */
    version: version as Readable<number>,
    get: (postId: string) => shown.get(postId),

    /** Counts that say nothing about the user's own like. */
    counts({ postId, likeCount, rev }: Counts) {
      const state = known.get(postId);
      if (state && rev <= state.countRev) return;
      if (!state || wishes.has(postId)) {
        if (rev > (held.get(postId)?.rev ?? 0)) held.set(postId, { postId, likeCount, rev });
        return;
      }
      known.set(postId, { ...state, likeCount, countRev: rev });
      refresh(postId);
    },

    /** A state with the user's own like in it: a fetched post, an answer, a push from another tab. */
    state({ postId, liked, likeCount, rev }: LikeState) {
      const state = known.get(postId);
      if (state && rev < state.likedRev) return;
      const newerCount = !state || rev >= state.countRev;
      known.set(postId, {
        liked,
        likedRev: rev,
        likeCount: newerCount ? likeCount : state.likeCount,
        countRev: newerCount ? rev : state.countRev,
      });
      refresh(postId);
      if (!wishes.has(postId)) release(postId);
    },

    wish(postId: string, liked: boolean | null) {
      if (liked === null) {
        wishes.delete(postId);
        release(postId);
      } else {
        wishes.set(postId, liked);
      }
      refresh(postId);
    },

    forget(postId: string) {
      known.delete(postId);
      held.delete(postId);
      shown.delete(postId);
      version.set(version.get() + 1);
    },

    /** The server's history was replaced: its revisions start anew. */
    forgetAll() {
      known.clear();
      held.clear();
      shown.clear();
      version.set(version.get() + 1);
    },
  };
  return store;
}
