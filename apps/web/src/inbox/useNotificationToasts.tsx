import type { Notification } from '@live-likes/contract';
import { Heart } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { awayText } from '../locales/en.ts';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { dismissToast, showToast } from '../ui/toasts.tsx';
import { type AwayLog, createAwayLog } from './awayLog.ts';
import { NotificationToast } from './NotificationToast.tsx';

const AWAY_TOAST = 'while-away';

/** Pops up what happens; what happened while the tab was hidden is told in one pop-up on return. */
export function useNotificationToasts(openInbox: () => void) {
  const away = useRef<AwayLog | null>(null);

  useLiveEvent('alert', (alert) => {
    if (alert.kind === 'dismiss') {
      away.current?.drop(alert.id);
      dismissToast(alert.id);
    } else if (alert.kind === 'show') {
      if (away.current) away.current.add(alert.notification.id);
      else pop(alert.notification);
    }
    // An update needs nothing: a pop-up that is there reads the inbox itself.
  });

  const { client } = useLive();
  const onReturn = useEffectEvent((log: AwayLog) => {
    const { likes, posts, announcements } = log.sum(client.inbox.get());
    announcements.forEach(pop);
    if (likes > 0) showToast(AWAY_TOAST, <AwayToast text={awayText(likes, posts)} onOpen={openInbox} />);
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
      if (log) onReturn(log);
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

function pop(notification: Notification) {
  showToast(notification.id, <NotificationToast notification={notification} />);
}

function AwayToast({ text, onOpen }: { text: string; onOpen(): void }) {
  return (
    <>
      <span
        className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text"
        aria-hidden="true"
      >
        <Heart size={18} className="fill-current" />
      </span>
      <p role="status" className="min-w-0 flex-1 self-center text-sm font-semibold">
        <button
          type="button"
          className="text-left after:absolute after:inset-0"
          onClick={() => {
            dismissToast(AWAY_TOAST);
            onOpen();
          }}
        >
          {text}
        </button>
      </p>
    </>
  );
}
