import { problemText } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { explain } from '../ui/toasts.tsx';

/** Marks everything that this screen knows of; what arrives meanwhile stays unread. */
export function useMarkAllRead() {
  const { client } = useLive();
  const t = usePageText();
  return () => {
    client.markRead({ upTo: client.inbox.get().cursor }).then(
      (answer) => {
        if (!answer.ok) explain(t.notifications.notMarked(problemText(answer.error)));
      },
      () => explain(t.notifications.notMarkedOffline),
    );
  };
}
