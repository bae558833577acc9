import { useEffect, useLayoutEffect } from 'react';
import { beforeLeaving } from './beforeLeaving.ts';
import { useHistoryEntry } from './historyEntry.ts';
import { scrollMemory } from './scrollMemory.ts';

/** What a person does to scroll; from then on nothing scrolls for them. */
const TAKEN_OVER = ['wheel', 'touchstart', 'keydown', 'pointerdown'];

/**
 * A new page starts at its top, and one that is come back to where it was left. The browser cannot do the latter: it
 * scrolls before a page has been fetched. Lists with a remembered row see to themselves.
 */
export function useScrollRestoration() {
  const { key, kind } = useHistoryEntry();

  useEffect(() => {
    history.scrollRestoration = 'manual';
  }, []);

  useLayoutEffect(() => {
    const place = scrollMemory.get(key);
    if (kind === 'new') scrollTo({ top: 0, behavior: 'instant' });
    let noted = scrollY;
    // Not while the place is still being looked for, with nobody having scrolled: it would be lost.
    const note = () => {
      if (scrollY === noted) return;
      noted = scrollY;
      scrollMemory.note(key, { y: noted });
    };
    addEventListener('scroll', note, { passive: true });
    const stopNoting = beforeLeaving(note);
    const stop = kind === 'back' && place && !place.row && place.y > 0 && scrollOncePossible(place.y);
    return () => {
      removeEventListener('scroll', note);
      stopNoting();
      if (stop) stop();
    };
  }, [key, kind]);
}

/** Waits until the page is long enough. */
function scrollOncePossible(y: number): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const observer = new ResizeObserver(() => {
    if (document.documentElement.scrollHeight - innerHeight < y) return;
    scrollTo({ top: y, behavior: 'instant' });
    ended.abort();
  });
  observer.observe(document.body);
  signal.addEventListener('abort', () => observer.disconnect());
  for (const kind of TAKEN_OVER) addEventListener(kind, () => ended.abort(), { signal, passive: true });
  return () => ended.abort();
}
