import { useCallback, useSyncExternalStore } from 'react';
import { useLive } from './LiveContext.tsx';

/** One post's likes as they should show now; undefined while nothing is known of them. */
export function useLikes(postId: string) {
  const { likes } = useLive().client;
  return useSyncExternalStore(
    likes.version.subscribe,
    useCallback(() => likes.get(postId), [likes, postId]),
  );
}
