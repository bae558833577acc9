import type { Notification } from '@live-likes/contract';
import { useState } from 'react';
import { useText } from '../locales/language.ts';
import { dismissToast } from '../ui/toasts.tsx';
import { MuteButton } from './MuteButton.tsx';
import { NotificationFace } from './NotificationFace.tsx';
import { notificationText } from './notificationText.ts';
import { OpenNotification } from './OpenNotification.tsx';
import { useInbox } from './useInbox.ts';

/** Always says the latest state, so a change needs no new pop-up. */
export function NotificationToast({ notification }: { notification: Notification }) {
  const t = useText();
  const latest = useInbox().items.get(notification.id);
  const [shown, setShown] = useState(notification);
  // What was read or retracted keeps its last words while it fades.
  if (latest && latest.newCount > 0 && latest !== shown) setShown(latest);
  return (
    <>
      <NotificationFace notification={shown} ringClass="ring-raised" />
      <div className="grid min-w-0 flex-1 gap-0.5 py-0.5">
        {/* Read out by the region for news, which does not speak at every change. */}
        <p role="status" aria-live="off" className="text-sm font-semibold">
          <OpenNotification notification={shown} onOpened={() => dismissToast(shown.id)}>
            {notificationText(shown, t)}
          </OpenNotification>
        </p>
        {shown.post && (
          <p dir="auto" className="truncate text-sm text-muted">
            {shown.post.excerpt}
          </p>
        )}
      </div>
      {shown.post && <MuteButton post={shown.post} className="-mt-1 -mr-2" />}
    </>
  );
}
