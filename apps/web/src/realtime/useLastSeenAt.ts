import { useLive } from './LiveContext.tsx';
import { useReadable } from './useReadable.ts';

/** Since when what is shown may be out of date; null once the server has been reached. */
export function useLastSeenAt(): Date | null {
  const { client, lastSeen } = useLive();
  const { epoch } = useReadable(client.inbox);
  return lastSeen && epoch === null ? new Date(lastSeen.savedAt) : null;
}
