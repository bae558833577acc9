import type { Post, PostsPage } from '@live-likes/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { holdBack, mergePosts } from './feedPosts.ts';

const NONE: ReadonlySet<string> = new Set();

/** The feed: fetched pages, with what was created and deleted live laid over them. */
export function useFeedState() {
  const { call, client, user } = useLive();
  const [created, setCreated] = useState<readonly Post[]>([]);
  const [deleted, setDeleted] = useState(NONE);
  const [shownTop, setShownTop] = useState<string | null>(null);

  const query = useInfiniteQuery({
    queryKey: ['posts'],
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      const before = pageParam === null ? '' : `?before=${encodeURIComponent(pageParam)}`;
      const page = await call<PostsPage>('GET', `/posts${before}`);
      client.seen(page.posts);
      return page;
    },
    getNextPageParam: (page) => page.next,
  });

  const pages = query.data?.pages;
  const posts = useMemo(
    () => (pages ? mergePosts([created, ...pages.map((page) => page.posts)], deleted) : []),
    [created, deleted, pages],
  );
  const newest = posts[0]?.createdAt ?? '';
  // At the beginning, or when nothing is left of what the reader had: everything is shown from here on.
  if (
    pages &&
    (shownTop === null || (newest > shownTop && posts.every((post) => post.createdAt > shownTop)))
  ) {
    setShownTop(newest);
  }

  function add(post: Post) {
    client.seen([post]);
    setCreated((before) => [post, ...before]);
  }

  useLiveEvent('postCreated', add);
  useLiveEvent('postDeleted', (postId) => setDeleted((before) => new Set(before).add(postId)));
  useLiveEvent('resumed', () => {
    // What the fresh pages do not confirm was deleted while this screen was not connected.
    const unconfirmed = new Set(created);
    const refetch = async () => {
      // The very first fetch may have been answered before this connection was made: it is not enough.
      if (query.data === undefined) await query.refetch();
      const { isSuccess } = await query.refetch();
      if (!isSuccess) return;
      setCreated((before) => before.filter((post) => !unconfirmed.has(post)));
      setDeleted((before) => new Set([...before].filter((id) => !deleted.has(id))));
    };
    void refetch();
  });

  return {
    ...holdBack(posts, shownTop ?? newest, user.id),
    status: pages ? ('ready' as const) : query.isError ? ('failed' as const) : ('loading' as const),
    error: query.error,
    /** What is shown may be out of date. */
    refreshFailed: query.isRefetchError,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
    add,
    reveal: () => setShownTop(newest),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    moreFailed: query.isFetchNextPageError,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
  };
}

export type FeedState = ReturnType<typeof useFeedState>;
