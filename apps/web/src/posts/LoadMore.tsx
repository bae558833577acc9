import { useText } from '../locales/language.ts';
import { MoreButton } from '../ui/MoreButton.tsx';
import { useNearEnd } from '../ui/useNearEnd.ts';

/** Posts are high, and are scrolled past fast. */
const AHEAD_PX = 1_600;

export interface MorePosts {
  hasMore: boolean;
  /** Any fetch, of the next page or of those that are there. */
  isFetching: boolean;
  isLoadingMore: boolean;
  moreFailed: boolean;
  loadMore(): void;
}

/** Fetches the next page before its end is reached; the button is for when that fails or is not wanted. */
export function LoadMore({
  hasMore,
  isFetching,
  isLoadingMore,
  moreFailed,
  loadMore,
  count,
}: MorePosts & { count: number }) {
  const t = useText();
  const end = useNearEnd(() => !moreFailed && loadMore(), `${hasMore} ${isFetching} ${count}`, {
    ahead: AHEAD_PX,
  });
  if (!hasMore) return null;
  return (
    <div ref={end} className="flex flex-col items-center gap-2 py-4">
      {moreFailed && <p className="text-sm text-muted">{t.posts.moreFailed}</p>}
      <MoreButton busy={isFetching} onClick={loadMore}>
        {isLoadingMore ? t.posts.loadingMore : t.posts.loadMore}
      </MoreButton>
    </div>
  );
}
