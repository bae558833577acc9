import { useMemo } from 'react';
import type { Inbox } from '../realtime/live.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { useReadable } from '../realtime/useReadable.ts';

/** The inbox; before the server's first answer, the one that was seen last. */
export function useInbox(): Inbox {
  const { client, lastSeen } = useLive();
  const inbox = useReadable(client.inbox);
  const before = useMemo(
    () =>
      lastSeen && {
        ...inbox,
        unread: lastSeen.unread,
        items: new Map(lastSeen.items.map((item) => [item.id, item])),
      },
    [inbox, lastSeen],
  );
  return inbox.epoch === null && before ? before : inbox;
}
