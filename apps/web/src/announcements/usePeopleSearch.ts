import type { UsersPage } from '@live-likes/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLive } from '../realtime/LiveContext.tsx';
import { useThrottled } from '../ui/useThrottled.ts';

const APART_MS = 250;
/** As it was so long ago, a search is done again; people sign up and change their names. */
const FRESH_MS = 10_000;

/** The first people whose name or username contains the words. */
export function usePeopleSearch(words: string, enabled: boolean) {
  const { call } = useLive();
  const wanted = words.trim();
  const search = useThrottled(wanted, APART_MS);
  const query = useQuery({
    queryKey: ['people', search],
    queryFn: () => call<UsersPage>('GET', `/users?search=${encodeURIComponent(search)}`),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
  return {
    found: query.data?.users ?? [],
    hasMore: (query.data?.next ?? null) !== null,
    /** What was found is what these words mean. */
    settled: query.isSuccess && !query.isPlaceholderData && search === wanted,
    failed: query.isError,
    error: query.error,
  };
}
