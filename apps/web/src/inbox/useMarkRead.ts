import { useLive } from '../realtime/LiveContext.tsx';
import { explain } from '../ui/toasts.tsx';

const NO_ANSWER = 'Not marked as read: you are offline. Try again when you are back.';

export function useMarkRead() {
  const { client } = useLive();
  return {
    /** Everything that this screen knows of; what arrives meanwhile stays unread. */
    markAllRead() {
      client.markRead({ upTo: client.inbox.get().cursor }).then(
        (answer) => {
          if (!answer.ok) explain(`Not marked as read: ${answer.error.message}`);
        },
        () => explain(NO_ANSWER),
      );
    },
    /** In passing, while something else was asked for: a failure leaves it unread, and needs no words. */
    markRead(id: string) {
      client.markRead({ ids: [id] }).catch(() => undefined);
    },
  };
}
