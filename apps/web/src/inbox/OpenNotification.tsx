import type { Notification } from '@live-likes/contract';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useMarkRead } from './useMarkRead.ts';

/** The attribute of what opens a notification. */
export const OPENS = 'data-opens';

interface OpenNotificationProps {
  notification: Notification;
  onOpened?(): void;
  /** Of what opens in place: whether it is open. */
  expanded?: boolean;
  children: ReactNode;
}

/** The words of a notification; a click anywhere in the positioned box around them opens it and marks it read. */
export function OpenNotification({ notification, onOpened, expanded, children }: OpenNotificationProps) {
  const { id, post, newCount } = notification;
  const markRead = useMarkRead();
  const look =
    'text-left wrap-anywhere after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text';
  function open() {
    if (newCount > 0) markRead(id);
    onOpened?.();
  }
  const shared = { onClick: open, className: look, [OPENS]: true };
  if (!post) {
    return (
      <button type="button" aria-expanded={expanded} {...shared} className={`block ${look}`}>
        {children}
      </button>
    );
  }
  return (
    <Link to={`/posts/${encodeURIComponent(post.id)}`} {...shared}>
      {children}
    </Link>
  );
}
