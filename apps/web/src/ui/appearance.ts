import { useSyncExternalStore } from 'react';

export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

/**
 * public/appearance.js shows the choice before the first paint, so that nobody sees the other theme flash. It is a file of
 * its own, since the content security policy forbids scripts inside of the page, and comes as it is written. A storage
 * event without a key tells of everything being deleted; where storage is forbidden the system's choice is shown.
 */
const KEY = 'live-likes.appearance';

/** In all tabs of this browser, now and later. */
export function chooseAppearance(next: Appearance) {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Without storage the choice holds for this tab.
  }
  // The browser tells the other tabs; this one hears of it in the same way. public/appearance.js listens, too.
  dispatchEvent(new StorageEvent('storage', { key: KEY, newValue: next }));
}

export const useAppearance = () => useSyncExternalStore(subscribe, shown);

function subscribe(listener: () => void) {
  addEventListener('storage', listener);
  return () => removeEventListener('storage', listener);
}

function shown(): Appearance {
  const theme = document.documentElement.dataset['theme'];
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}
