import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from '../ui/Button.tsx';
import { useFeed } from './FeedProvider.tsx';

/** How far below the screen the end of the list may be before the next page is fetched. */
const AHEAD = '0px 0px 800px 0px';

/** Fetches the next page before its end is reached; the button is for when that fails or is not wanted. */
export function LoadMore() {
  const { hasMore, isFetching, isLoadingMore, moreFailed, loadMore, shown } = useFeed();
  const end = useRef<HTMLDivElement>(null);
  const onNear = useEffectEvent(() => {
    if (!moreFailed) loadMore();
  });

  // A new observer per length of the list, and per fetch, reports again when the end is still near after it.
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onNear(), {
      rootMargin: AHEAD,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, isFetching, shown.length]);

  if (!hasMore) return null;
  return (
    <div ref={end} className="flex flex-col items-center gap-2 py-4">
      {moreFailed && <p className="text-sm text-muted">The next posts could not be fetched.</p>}
      <Button look="secondary" disabled={isFetching} onClick={loadMore}>
        {isLoadingMore ? 'Loading…' : 'Load more'}
      </Button>
    </div>
  );
}
