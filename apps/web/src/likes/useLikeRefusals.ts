import { problemText } from '../http/api.ts';
import { useText } from '../locales/language.ts';
import { useLiveEvent } from '../realtime/LiveContext.tsx';
import { explain } from '../ui/toasts.tsx';

/** What takes less than this is over before one has read of it. */
const WORTH_TELLING_MS = 3_000;

/** Tells why a like, or the taking back of one, is shown as it was before, or has to wait. */
export function useLikeRefusals() {
  const t = useText();
  useLiveEvent('likeRefused', (problem) => explain(t.likes.refused(problemText(problem))));
  useLiveEvent('likesHeld', (forMs) => {
    if (forMs >= WORTH_TELLING_MS) explain(t.likes.held(Math.ceil(forMs / 1_000)));
  });
}
