import type { Notification } from '@live-likes/contract';
import { BellOff } from 'lucide';
import { memo, useId, useState } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { RelativeTime } from '../realtime/RelativeTime.tsx';
import { Icon } from '../ui/Icon.tsx';
import { UNREAD_LOOK } from '../ui/unreadLook.ts';
import { MuteButton } from './MuteButton.tsx';
import { NotificationFace } from './NotificationFace.tsx';
import { notificationText } from './notificationText.ts';
import { OpenNotification } from './OpenNotification.tsx';

const READ = 'hover:bg-sunken hover:[--plate:var(--sunken)]';

/** Memoised: of a long list, what changes is mostly one. */
export const NotificationItem = memo(function NotificationItem({
  notification,
}: {
  notification: Notification;
}) {
  const t = usePageText();
  const excerptId = useId();
  const [expanded, setExpanded] = useState(false);
  const { post, updatedAt } = notification;
  const unread = notification.newCount > 0;
  return (
    <li
      className={`relative flex items-start gap-3 rounded-2xl px-3.5 py-3 transition-colors [contain-intrinsic-size:auto_5.5rem] [content-visibility:auto] ${unread ? UNREAD_LOOK : READ}`}
    >
      <NotificationFace notification={notification} ringClass="ring-(--plate)" upright />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className={`text-sm ${unread ? 'font-semibold' : ''}`}>
          <OpenNotification
            notification={notification}
            expanded={expanded}
            onOpened={() => setExpanded((before) => !before)}
          >
            {unread && <span className="sr-only">{t.notifications.unread} </span>}
            <span dir={post ? undefined : 'auto'} className={expanded || post ? '' : 'line-clamp-3'}>
              {notificationText(notification, t)}
            </span>
          </OpenNotification>
        </p>
        {post && (
          <p id={excerptId} dir="auto" className="line-clamp-2 text-sm wrap-anywhere text-muted">
            {post.excerpt}
          </p>
        )}
        <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
          <RelativeTime at={updatedAt} />
          {post?.muted && (
            <span className="inline-flex items-center gap-1">
              <Icon of={BellOff} size={12} />
              {t.notifications.muted}
            </span>
          )}
        </p>
      </div>
      <div className="-mr-2 flex w-8 shrink-0 flex-col items-center gap-1.5">
        {post && <MuteButton post={post} describedBy={excerptId} className="-mt-1" />}
        {unread && <span className="mt-1 size-2.5 rounded-full bg-accent" aria-hidden="true" />}
      </div>
    </li>
  );
});
