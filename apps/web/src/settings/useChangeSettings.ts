import type { ChangeSettings } from '@live-likes/contract';
import { messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { explain } from '../ui/toasts.tsx';

/** On all devices, and here at once. What could not be stored goes back, with a sentence that says why. */
export function useChangeSettings() {
  const { me } = useLive();
  const t = usePageText();
  return (changes: ChangeSettings) => {
    me.change(changes).catch((error: unknown) => explain(t.settings.notSaved(messageOf(error))));
  };
}
