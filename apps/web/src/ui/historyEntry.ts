import { useSyncExternalStore } from 'react';

/** An entry of the browser's history. */
interface HistoryEntry {
  /** Names it, over reloads too. */
  key: string;
  /** `back`: come back to, by the buttons of the browser or by a reload. */
  kind: 'new' | 'back';
}

const keyInState = () => (history.state as { key?: string } | null)?.key;

function keep(key: string): string {
  history.replaceState({ ...(history.state as object | null), key }, '');
  return key;
}

let entry: HistoryEntry | undefined;
const listeners = new Set<() => void>();

function currentEntry(): HistoryEntry {
  return (entry ??= start());
}

function start(): HistoryEntry {
  // The router's own events, for what it has the browser do.
  addEventListener('pushState', () => set({ key: keep(crypto.randomUUID()), kind: 'new' }));
  addEventListener('replaceState', () => keyInState() ?? keep(currentEntry().key));
  addEventListener('popstate', () => {
    const key = keyInState();
    // A jump within the page makes an entry without a name.
    if (key === undefined) keep(currentEntry().key);
    else if (key !== currentEntry().key) set({ key, kind: 'back' });
  });
  const key = keyInState();
  return key === undefined ? { key: keep(crypto.randomUUID()), kind: 'new' } : { key, kind: 'back' };
}

function set(next: HistoryEntry) {
  entry = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useHistoryEntry = () => useSyncExternalStore(subscribe, currentEntry);
