import { isQuiet, type Notification } from '@live-likes/contract';
import { Heart } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useText } from '../locales/language.ts';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { dismissToast, showToast } from '../ui/toasts.tsx';
import { type AwayLog, createAwayLog } from './awayLog.ts';
import type { NewsReader } from './newsReader.ts';
import { NotificationToast } from './NotificationToast.tsx';
import { useTelling } from './useTelling.ts';

const AWAY_TOAST = 'while-away';

/** Pops up what happens; what happened while the tab was hidden is told in one pop-up on return. */
export function useNotificationToasts(openInbox: () => void, reader: NewsReader) {
  const away = useRef<AwayLog | null>(null);

  const telling = useTelling(pop);

  function pop(notification: Notification) {
    showToast(notification.id, <NotificationToast notification={notification} />);
    reader.add(notification.id);
  }

  useLiveEvent('alert', (alert) => {
    if (alert.kind === 'dismiss') {
      away.current?.drop(alert.id);
      dismissToast(alert.id);
      void telling.dismiss(alert.id);
      reader.drop(alert.id);
    } else if (alert.kind === 'show') {
      away.current?.add(alert.notification.id);
      void telling.show(alert.notification, away.current === null);
    } else {
      // A pop-up that is there reads the inbox itself.
      void telling.update(alert.notification);
    }
  });

  const { client, me } = useLive();
  const onReturn = useEffectEvent(async (log: AwayLog) => {
    const { toasts, quietHours } = await me.settings();
    if (!toasts || isQuiet(quietHours, Date.now() + client.clockOffset.get())) return;
    const { likes, posts, announcements } = log.sum(client.inbox.get());
    announcements.forEach(pop);
    log.ids.forEach(reader.add);
    if (likes > 0) showToast(AWAY_TOAST, <AwayToast likes={likes} posts={posts} onOpen={openInbox} />);
  });

  useEffect(() => {
    function look() {
      if (document.visibilityState === 'hidden') {
        // Before the first answer it is not known what was there already.
        if (client.inbox.get().epoch !== null) away.current ??= createAwayLog(client.inbox.get());
      } else if (client.connection.get() === 'live') {
        comeBack();
      }
    }
    function comeBack() {
      const log = away.current;
      away.current = null;
      if (log) void onReturn(log);
    }
    look();
    document.addEventListener('visibilitychange', look);
    const stopListening = client.connection.subscribe(look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      stopListening();
    };
  }, [client]);
}

function AwayToast({ likes, posts, onOpen }: { likes: number; posts: number; onOpen(): void }) {
  const t = useText();
  return (
    <>
      <span
        className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text"
        aria-hidden="true"
      >
        <Heart size={18} className="fill-current" />
      </span>
      <p role="status" aria-live="off" className="min-w-0 flex-1 self-center text-sm font-semibold">
        <button
          type="button"
          className="text-left after:absolute after:inset-0"
          onClick={() => {
            dismissToast(AWAY_TOAST);
            onOpen();
          }}
        >
          {t.inbox.away(likes, posts)}
        </button>
      </p>
    </>
  );
}
