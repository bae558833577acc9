import { useEffect, useLayoutEffect, useRef } from 'react';
import { beforeLeaving } from './beforeLeaving.ts';
import { focusMain } from './focusMain.ts';
import { useHistoryEntry } from './historyEntry.ts';

/** Which post had the focus when an entry of the history was left. Not over reloads, after which nothing has it. */
const left = new Map<string, string | undefined>();

/** Of an entry that is come back to. */
export const postWithFocus = (key: string) => left.get(key);

/** Who goes to a page, or back to one, has the focus in it, and not where the page before was. */
export function usePageFocus() {
  const { key } = useHistoryEntry();
  const shown = useRef(key);

  useLayoutEffect(() => {
    if (shown.current !== key) focusMain();
    shown.current = key;
  }, [key]);

  useEffect(
    () =>
      beforeLeaving(() => {
        left.set(key, document.activeElement?.closest<HTMLElement>('[data-post-id]')?.dataset['postId']);
      }),
    [key],
  );
}
