import { useLive } from '../realtime/LiveContext.tsx';

/** In passing, while something else was asked for: a failure leaves it unread, and needs no words. */
export function useMarkRead() {
  const { client } = useLive();
  return (id: string) => {
    client.markRead({ ids: [id] }).catch(() => undefined);
  };
}
