import { PAGE_MAX, type Post, type PostsPage } from '@live-likes/contract';
import { useLayoutEffect, useMemo, useState } from 'react';
import type { Live } from '../realtime/live.ts';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { perLogin } from '../realtime/perLogin.ts';
import { useReadable } from '../realtime/useReadable.ts';
import { mergePosts } from './feedPosts.ts';
import { createPostPages, type PostPages } from './postPages.ts';

const NONE: ReadonlySet<string> = new Set();
/** Pages that are fetched anew after a break: whoever has read on for hours does not cost the server hundreds. */
const PAGES_TO_REFRESH = 10;

/**
 * A list of posts: fetched pages, with what was created and deleted live laid over them.
 *
 * @param path where the pages are fetched
 * @param belongs whether a post that was created just now is one of the list
 * @param seenBefore to be shown until there is a fresh page, and to be followed by none
 */
export function useLivePosts(path: string, belongs: (post: Post) => boolean, seenBefore?: readonly Post[]) {
  const live = useLive();
  const [list] = useState(() => listOf(live, path, seenBefore));
  const [created, setCreated] = useState<readonly Post[]>([]);
  const [deleted, setDeleted] = useState(NONE);
  /** What was read before a break, further down than is fetched anew. Counts and deletions reach it live. */
  const [old, setOld] = useState<readonly Post[]>([]);

  const { pages, fetching, failed, error } = useReadable(list);
  useLayoutEffect(() => {
    // Nobody kept the pages of an earlier visit up to date; those seen before are fetched anew at the connection.
    if (!seenBefore) void list.refresh();
  }, [list, seenBefore]);

  const posts = useMemo(
    () => (pages ? mergePosts([old, created, ...pages.map((page) => page.posts)], deleted) : []),
    [old, created, deleted, pages],
  );

  function add(post: Post) {
    live.client.seen([post]);
    setCreated((before) => [post, ...before]);
  }

  useLiveEvent('postCreated', (post) => {
    if (belongs(post)) add(post);
  });
  useLiveEvent('postDeleted', (postId) => setDeleted((before) => new Set(before).add(postId)));
  async function refresh() {
    // What the fresh pages do not confirm was deleted while this screen was not connected.
    const unconfirmed = new Set(created);
    const aside = list.cut(PAGES_TO_REFRESH);
    if (aside.length > 0) setOld((before) => mergePosts([before, aside], deleted));
    if (!(await list.refresh())) return;
    setCreated((before) => before.filter((post) => !unconfirmed.has(post)));
    setOld((before) => mergePosts([before], deleted));
    setDeleted((before) => new Set([...before].filter((id) => !deleted.has(id))));
  }

  useLiveEvent('resumed', () => {
    // The very first fetch may have been answered before this connection was made: it is not enough.
    void (pages ? refresh() : list.refresh().then(refresh));
  });

  return {
    posts,
    status: pages ? ('ready' as const) : failed ? ('failed' as const) : ('loading' as const),
    error,
    /** What is shown may be out of date. */
    refreshFailed: pages !== null && failed === 'again',
    isFetching: fetching !== null,
    retry: () => void refresh(),
    add,
    hasMore: (pages?.at(-1)?.next ?? null) !== null,
    isLoadingMore: fetching === 'more',
    moreFailed: failed === 'more',
    loadMore: list.more,
  };
}

/** Who comes back to a list finds it as far down as they had read. */
const listsOf = perLogin(() => new Map<string, PostPages>());

function listOf(live: Live, path: string, seenBefore?: readonly Post[]): PostPages {
  const lists = listsOf(live);
  const list = lists.get(path) ?? createPostPages((before) => fetchPage(live, path, before), seenBefore);
  lists.set(path, list);
  return list;
}

async function fetchPage({ call, client }: Live, path: string, before: string | null) {
  // The first page is there soon, and the others are few.
  const what = before === null ? '' : `?limit=${PAGE_MAX}&before=${encodeURIComponent(before)}`;
  const page = await call<PostsPage>('GET', `${path}${what}`);
  client.seen(page.posts);
  return page;
}
