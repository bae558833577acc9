import { createContext, type ReactNode, use, useEffect } from 'react';
import { useLive } from '../realtime/LiveContext.tsx';
import type { Deletions } from './deletions.ts';
import { DeletionsContext } from './DeletionsContext.ts';
import { DraftProvider } from './DraftContext.tsx';
import { type FeedState, useFeedState } from './useFeedState.ts';
import { usePostKeys } from './usePostKeys.ts';

const FeedContext = createContext<FeedState | null>(null);

/** Stands above the routes: the feed goes on listening while another page is open. */
export function FeedProvider({ deletions, children }: { deletions: Deletions; children: ReactNode }) {
  const feed = useFeedState();
  const { keepFeed } = useLive();
  usePostKeys();
  useEffect(() => {
    if (feed.status === 'ready') keepFeed(feed.shown);
  }, [feed.shown, feed.status, keepFeed]);
  useEffect(() => {
    const flush = () => void deletions.flush();
    addEventListener('pagehide', flush);
    return () => {
      removeEventListener('pagehide', flush);
      deletions.close();
    };
  }, [deletions]);
  return (
    <DeletionsContext value={deletions}>
      <FeedContext value={feed}>
        <DraftProvider>{children}</DraftProvider>
      </FeedContext>
    </DeletionsContext>
  );
}

export function useFeed(): FeedState {
  const feed = use(FeedContext);
  if (!feed) throw new Error('useFeed outside of FeedProvider');
  return feed;
}
