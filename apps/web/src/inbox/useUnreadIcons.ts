import { useEffect } from 'react';
import { showAppBadge } from '../system/appBadge.ts';

const PLAIN = '/favicon.svg';

/** The number on the icon of the tab, and on the one of the installed app. */
export function useUnreadIcons(unread: number) {
  useEffect(() => {
    show(unread);
    return () => show(0);
  }, [unread]);
}

let shown = 0;

function show(unread: number) {
  shown = unread;
  showAppBadge(unread);
  if (unread === 0) return showIcon(PLAIN);
  // Drawn by what comes with the first unread one.
  import('../system/badgedIcon.ts').then(
    ({ badgedIcon }) => {
      if (shown === unread) showIcon(`data:image/svg+xml,${encodeURIComponent(badgedIcon(unread))}`);
    },
    () => undefined,
  );
}

function showIcon(href: string) {
  document.querySelector('link[rel=icon]')?.setAttribute('href', href);
}
