import { isQuiet, type Notification } from '@live-likes/contract';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { dismissToast, showToast } from '../ui/toasts.tsx';
import { type AwayLog, createAwayLog } from './awayLog.ts';
import type { NewsReader } from './newsReader.ts';
import { useTelling } from './useTelling.ts';

const AWAY_TOAST = 'while-away';

/** Pops up what happens; what happened while the tab was hidden is told in one pop-up on return. */
export function useNotificationToasts(openInbox: () => void, reader: NewsReader) {
  const away = useRef<AwayLog | null>(null);

  const telling = useTelling(pop);

  function pop(notification: Notification) {
    showToast(notification.id, async () => {
      const { NotificationToast } = await import('./NotificationToast.tsx');
      return <NotificationToast notification={notification} />;
    });
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

  function openAfterToast() {
    dismissToast(AWAY_TOAST);
    openInbox();
  }

  const { client, me } = useLive();
  const onReturn = useEffectEvent(async (log: AwayLog) => {
    const { toasts, quietHours } = await me.settings();
    if (!toasts || isQuiet(quietHours, Date.now() + client.clockOffset.get())) return;
    const { likes, posts, announcements } = log.sum(client.inbox.get());
    announcements.forEach(pop);
    log.ids.forEach(reader.add);
    if (likes === 0) return;
    showToast(AWAY_TOAST, async () => {
      const { AwayToast } = await import('./AwayToast.tsx');
      return <AwayToast likes={likes} posts={posts} onOpen={openAfterToast} />;
    });
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
