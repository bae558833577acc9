import { useLive } from '../realtime/LiveContext.tsx';
import { useReadable } from '../realtime/useReadable.ts';

export function useInbox() {
  return useReadable(useLive().client.inbox);
}
