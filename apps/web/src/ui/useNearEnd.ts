import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';

interface NearEndOptions {
  /** The element that scrolls the list, if it is not the page. */
  scroller?: RefObject<HTMLElement | null> | undefined;
  /** How many pixels below what is seen counts as near. */
  ahead?: number;
}

/**
 * @param onNear called when the element with the returned ref comes near what is seen
 * @param state whenever it changes and the end is still near, `onNear` is called again
 */
export function useNearEnd(
  onNear: () => void,
  state: unknown,
  { scroller, ahead = 800 }: NearEndOptions = {},
) {
  const end = useRef<HTMLDivElement>(null);
  const onEvent = useEffectEvent(onNear);
  useEffect(() => {
    if (!end.current) return;
    // A page that was busy hears of several moments at once, and the last one counts.
    const observer = new IntersectionObserver((moments) => moments.at(-1)?.isIntersecting && onEvent(), {
      root: scroller?.current ?? null,
      rootMargin: `0px 0px ${ahead}px 0px`,
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [state, scroller, ahead]);
  return end;
}
