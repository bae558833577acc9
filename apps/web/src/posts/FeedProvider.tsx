import { createContext, type ReactNode, use } from 'react';
import { type FeedState, useFeedState } from './useFeedState.ts';

const FeedContext = createContext<FeedState | null>(null);

/** Stands above the routes: the feed goes on listening while another page is open. */
export function FeedProvider({ children }: { children: ReactNode }) {
  return <FeedContext value={useFeedState()}>{children}</FeedContext>;
}

export function useFeed(): FeedState {
  const feed = use(FeedContext);
  if (!feed) throw new Error('useFeed outside of FeedProvider');
  return feed;
}
