import type { LikersPage } from '@live-likes/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { useLikes } from '../realtime/useLikes.ts';
import { appendLikers, refreshLikers } from './likersList.ts';

/** The newest part is fetched anew at most this often. */
const REFRESH_MS = 1_000;

/** Who likes a post, the newest first; follows the post's count. */
export function useLikers(postId: string) {
  const { call } = useLive();
  const queries = useQueryClient();
  const rev = useLikes(postId)?.rev;
  const queryKey = ['likers', postId];
  const path = `/posts/${encodeURIComponent(postId)}/likers`;

  const query = useQuery({
    queryKey,
    queryFn: async () => {
      const fresh = await call<LikersPage>('GET', path);
      const known = queries.getQueryData<LikersPage>(queryKey);
      return known ? refreshLikers(known, fresh) : fresh;
    },
    // Nobody kept a copy of an earlier visit up to date.
    refetchOnMount: 'always',
  });
  const more = useMutation({
    mutationFn: (before: string) => call<LikersPage>('GET', `${path}?before=${encodeURIComponent(before)}`),
    onSuccess: (page) =>
      queries.setQueryData<LikersPage>(queryKey, (known) => known && appendLikers(known, page)),
  });

  const refetchedAt = useRef(-Infinity);
  const refetch = useEffectEvent(() => {
    refetchedAt.current = performance.now();
    void query.refetch();
  });
  const seen = useRef(rev);
  useEffect(() => {
    if (rev === undefined || rev === seen.current) return;
    const wait = refetchedAt.current + REFRESH_MS - performance.now();
    const timer = setTimeout(
      () => {
        seen.current = rev;
        refetch();
      },
      Math.max(0, wait),
    );
    return () => clearTimeout(timer);
  }, [rev]);
  useLiveEvent('resumed', () => void query.refetch());

  const next = query.data?.next ?? null;
  return {
    users: query.data?.users,
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: next !== null,
    isLoadingMore: more.isPending,
    moreFailed: more.isError,
    loadMore: () => next !== null && !more.isPending && more.mutate(next),
  };
}
