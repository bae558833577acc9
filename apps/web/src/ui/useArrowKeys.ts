import { type RefObject, useEffect } from 'react';

const STEP: Record<string, (index: number, last: number) => number> = {
  ArrowDown: (index, last) => Math.min(index + 1, last),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, last) => last,
};

/** The arrow keys, Home and End move the focus among the elements of a list that `selector` finds. */
export function useArrowKeys(list: RefObject<HTMLElement | null>, selector: string) {
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    function onKeyDown(event: KeyboardEvent) {
      const step = STEP[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const all = [...(element?.querySelectorAll<HTMLElement>(selector) ?? [])];
      const from = all.findIndex((item) => item === event.target);
      if (from < 0) return;
      event.preventDefault();
      all[step(from, all.length - 1)]?.focus();
    }
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, [list, selector]);
}
