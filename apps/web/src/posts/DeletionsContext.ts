import { createContext, use } from 'react';
import { useReadable } from '../realtime/useReadable.ts';
import type { Deletions } from './deletions.ts';

export const DeletionsContext = createContext<Deletions | null>(null);

export function useDeletions(): Deletions {
  const deletions = use(DeletionsContext);
  if (!deletions) throw new Error('useDeletions outside of FeedProvider');
  return deletions;
}

/** Posts that were deleted on this screen, some of which may come back. */
export const useHiddenPosts = () => useReadable(useDeletions().hidden);
