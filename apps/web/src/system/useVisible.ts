import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void) {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

/** Whether this tab is in view. */
export const useVisible = () => useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');
