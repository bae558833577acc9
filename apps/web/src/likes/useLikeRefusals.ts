import { useLiveEvent } from '../realtime/LiveContext.tsx';
import { explain } from '../ui/toasts.tsx';

/** Tells why a like was taken back. */
export function useLikeRefusals() {
  useLiveEvent('likeRefused', ({ message }) => explain(`Your like was not taken: ${message}`));
}
