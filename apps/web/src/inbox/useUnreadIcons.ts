import { useEffect } from 'react';
import { showAppBadge } from '../system/appBadge.ts';
import { badgedIcon } from '../system/badgedIcon.ts';

const PLAIN = '/favicon.svg';

/** The number on the icon of the tab, and on the one of the installed app. */
export function useUnreadIcons(unread: number) {
  useEffect(() => {
    show(unread);
    return () => show(0);
  }, [unread]);
}

function show(unread: number) {
  const icon = document.querySelector('link[rel=icon]');
  icon?.setAttribute(
    'href',
    unread > 0 ? `data:image/svg+xml,${encodeURIComponent(badgedIcon(unread))}` : PLAIN,
  );
  showAppBadge(unread);
}
