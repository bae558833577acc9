import type { Notification } from '@live-likes/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMarkRead } from './useMarkRead.ts';

interface OpenNotificationProps {
  notification: Notification;
  onOpened(): void;
  children: ReactNode;
}

/** The words of a notification; a click anywhere in the positioned box around them opens it and marks it read. */
export function OpenNotification({ notification: { id, post }, onOpened, children }: OpenNotificationProps) {
  const { markRead } = useMarkRead();
  const look =
    'text-left wrap-anywhere after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-text';
  function open() {
    markRead(id);
    onOpened();
  }
  if (!post) {
    return (
      <button type="button" onClick={open} className={look}>
        {children}
      </button>
    );
  }
  return (
    <Link to={`/posts/${encodeURIComponent(post.id)}`} onClick={open} className={look}>
      {children}
    </Link>
  );
}
