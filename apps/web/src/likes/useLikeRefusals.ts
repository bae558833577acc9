import { useLiveEvent } from '../realtime/LiveContext.tsx';
import { explain } from '../ui/toasts.tsx';

/** Tells why a like, or the taking back of one, is shown as it was before. */
export function useLikeRefusals() {
  useLiveEvent('likeRefused', ({ message }) => explain(`That click did not count: ${message}`));
}
