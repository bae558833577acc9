import { PAGE_MAX, type Post, type PostsPage } from '@live-likes/contract';
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { mergePosts } from './feedPosts.ts';

const NONE: ReadonlySet<string> = new Set();
/** Pages that are fetched anew after a break: whoever has read on for hours does not cost the server hundreds. */
const PAGES_TO_REFRESH = 10;

type Pages = InfiniteData<PostsPage, string | null>;

/**
 * A list of posts: fetched pages, with what was created and deleted live laid over them.
 *
 * @param path where the pages are fetched
 * @param belongs whether a post that was created just now is one of the list
 * @param seenBefore to be shown until there is a fresh page, and to be followed by none
 */
export function useLivePosts(path: string, belongs: (post: Post) => boolean, seenBefore?: readonly Post[]) {
  const { call, client } = useLive();
  const queries = useQueryClient();
  const queryKey = ['posts', path];
  const [created, setCreated] = useState<readonly Post[]>([]);
  const [deleted, setDeleted] = useState(NONE);
  /** What was read before a break, further down than is fetched anew. Counts and deletions reach it live. */
  const [old, setOld] = useState<readonly Post[]>([]);

  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam }) => {
      // The first page is there soon, and the others are few.
      const what = pageParam === null ? '' : `?limit=${PAGE_MAX}&before=${encodeURIComponent(pageParam)}`;
      const page = await call<PostsPage>('GET', `${path}${what}`);
      client.seen(page.posts);
      return page;
    },
    getNextPageParam: (page) => page.next,
    initialData: seenBefore && { pages: [{ posts: [...seenBefore], next: null }], pageParams: [null] },
    // Nobody kept the pages of an earlier visit up to date; those seen before are fetched anew at the connection.
    refetchOnMount: seenBefore ? false : 'always',
    // Nobody looks for what is the same in ten thousand posts.
    structuralSharing: false,
  });

  const pages = query.data?.pages;
  const posts = useMemo(
    () => (pages ? mergePosts([old, created, ...pages.map((page) => page.posts)], deleted) : []),
    [old, created, deleted, pages],
  );

  function add(post: Post) {
    client.seen([post]);
    setCreated((before) => [post, ...before]);
  }

  function setAsideOldPages() {
    const data = queries.getQueryData<Pages>(queryKey);
    if (!data || data.pages.length <= PAGES_TO_REFRESH) return;
    const aside = data.pages.slice(PAGES_TO_REFRESH).flatMap((page) => page.posts);
    setOld((before) => mergePosts([before, aside], deleted));
    queries.setQueryData<Pages>(queryKey, {
      pages: data.pages.slice(0, PAGES_TO_REFRESH),
      pageParams: data.pageParams.slice(0, PAGES_TO_REFRESH),
    });
  }

  useLiveEvent('postCreated', (post) => {
    if (belongs(post)) add(post);
  });
  useLiveEvent('postDeleted', (postId) => setDeleted((before) => new Set(before).add(postId)));
  useLiveEvent('resumed', () => {
    // What the fresh pages do not confirm was deleted while this screen was not connected.
    const unconfirmed = new Set(created);
    const refetch = async () => {
      // The very first fetch may have been answered before this connection was made: it is not enough.
      if (query.data === undefined) await query.refetch();
      setAsideOldPages();
      const { isSuccess } = await query.refetch();
      if (!isSuccess) return;
      setCreated((before) => before.filter((post) => !unconfirmed.has(post)));
      setOld((before) => mergePosts([before], deleted));
      setDeleted((before) => new Set([...before].filter((id) => !deleted.has(id))));
    };
    void refetch();
  });

  return {
    posts,
    status: pages ? ('ready' as const) : query.isError ? ('failed' as const) : ('loading' as const),
    error: query.error,
    /** What is shown may be out of date. */
    refreshFailed: query.isRefetchError,
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
    add,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    moreFailed: query.isFetchNextPageError,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
  };
}
