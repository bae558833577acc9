import { useSyncExternalStore } from 'react';

const KEY = 'live-likes.shortcuts';
const OFF = 'off';
let withoutStorage = true;

/** Keys of one letter get in the way of those who speak to their computer: they can be switched off. */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(KEY) !== OFF;
  } catch {
    return withoutStorage;
  }
}

/** In all tabs of this browser, now and later. */
export function switchShortcuts(on: boolean) {
  withoutStorage = on;
  try {
    if (on) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, OFF);
  } catch {
    // Without storage the choice holds for this tab.
  }
  dispatchEvent(new StorageEvent('storage', { key: KEY }));
}

export const useShortcutsOn = () => useSyncExternalStore(subscribe, areShortcutsOn);

function subscribe(listener: () => void) {
  addEventListener('storage', listener);
  return () => removeEventListener('storage', listener);
}
