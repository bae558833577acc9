import { problemText } from '../http/api.ts';
import { useText } from '../locales/language.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { explain } from '../ui/toasts.tsx';

export function useMarkRead() {
  const { client } = useLive();
  const t = useText();
  return {
    /** Everything that this screen knows of; what arrives meanwhile stays unread. */
    markAllRead() {
      client.markRead({ upTo: client.inbox.get().cursor }).then(
        (answer) => {
          if (!answer.ok) explain(t.inbox.notMarked(problemText(answer.error)));
        },
        () => explain(t.inbox.notMarkedOffline),
      );
    },
    /** In passing, while something else was asked for: a failure leaves it unread, and needs no words. */
    markRead(id: string) {
      client.markRead({ ids: [id] }).catch(() => undefined);
    },
  };
}
