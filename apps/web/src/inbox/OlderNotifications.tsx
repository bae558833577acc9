import type { RefObject } from 'react';
import { usePageText } from '../locales/usePageText.ts';
import { Button } from '../ui/Button.tsx';
import { useNearEnd } from '../ui/useNearEnd.ts';
import { NotificationsSkeleton } from './NotificationsSkeleton.tsx';
import { useOlder } from './useOlder.ts';

/** The end of a list of `count` notifications: fetches more of them before the reader gets there. */
export function OlderNotifications({
  count,
  scroller,
}: {
  count: number;
  scroller?: RefObject<HTMLElement | null>;
}) {
  const t = usePageText();
  const { hasOlder, state, load } = useOlder();
  const end = useNearEnd(() => state === 'idle' && load(), `${hasOlder} ${state} ${count}`, { scroller });
  if (!hasOlder) return null;
  return (
    <div ref={end}>
      {state === 'failed' ? (
        <div className="grid justify-items-center gap-2 py-4">
          <p role="alert" className="text-sm text-muted">
            {t.notifications.olderFailed}
          </p>
          <Button look="secondary" onClick={load}>
            {t.app.retry}
          </Button>
        </div>
      ) : (
        <NotificationsSkeleton />
      )}
    </div>
  );
}
