import type { Notification } from '@live-likes/contract';
import { notificationText } from '../locales/en.ts';
import { RelativeTime } from '../realtime/RelativeTime.tsx';
import { NotificationFace } from './NotificationFace.tsx';
import { OpenNotification } from './OpenNotification.tsx';

export function NotificationItem({
  notification,
  onOpened,
}: {
  notification: Notification;
  onOpened(): void;
}) {
  const { post, updatedAt } = notification;
  const unread = notification.newCount > 0;
  return (
    <li
      className={`relative flex items-start gap-3 rounded-2xl px-3.5 py-3 transition-colors ${unread ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
    >
      <NotificationFace notification={notification} ringClass={unread ? 'ring-accent-soft' : 'ring-raised'} />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className={`text-sm ${unread ? 'font-semibold' : ''}`}>
          <OpenNotification notification={notification} onOpened={onOpened}>
            {unread && <span className="sr-only">Unread: </span>}
            {notificationText(notification)}
          </OpenNotification>
        </p>
        {post && (
          <p dir="auto" className="line-clamp-2 text-sm wrap-anywhere text-muted">
            {post.excerpt}
          </p>
        )}
        <RelativeTime at={updatedAt} className="text-xs text-muted" />
      </div>
      {unread && <span className="mt-1.5 size-2.5 shrink-0 rounded-full bg-accent" aria-hidden="true" />}
    </li>
  );
}
