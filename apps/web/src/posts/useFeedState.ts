import { useMemo, useState } from 'react';
import { useLive } from '../realtime/LiveContext.tsx';
import { holdBack } from './feedPosts.ts';
import { useLivePosts } from './useLivePosts.ts';

/** Everybody's posts; those that others write meanwhile are held back until asked for. */
export function useFeedState() {
  const { lastSeen, user } = useLive();
  const { posts, ...list } = useLivePosts('/posts', () => true, lastSeen?.posts);
  const [shownTop, setShownTop] = useState<string | null>(null);
  const newest = posts[0]?.createdAt ?? '';
  const oldest = posts.at(-1)?.createdAt ?? '';
  // At the beginning, or when nothing is left of what the reader had: everything is shown from here on.
  if (list.status === 'ready' && (shownTop === null || (newest > shownTop && oldest > shownTop))) {
    setShownTop(newest);
  }
  const visible = useMemo(
    () => holdBack(posts, shownTop ?? newest, user.id),
    [posts, shownTop, newest, user.id],
  );

  return {
    ...list,
    ...visible,
    reveal: () => setShownTop(newest),
  };
}

export type FeedState = ReturnType<typeof useFeedState>;
