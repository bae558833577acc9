import { messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { dismissToast, explain, showToast } from '../ui/toasts.tsx';
import { MutedToast } from './MutedToast.tsx';

const toastOf = (postId: string) => `muted ${postId}`;

/** To hear no more, or again, of who likes a post of one's own. All devices hear of it through the inbox. */
export function useMute() {
  const t = usePageText();
  const { call } = useLive();

  async function change(method: 'PUT' | 'DELETE', postId: string) {
    try {
      await call(method, `/posts/${encodeURIComponent(postId)}/mute`);
      return true;
    } catch (error) {
      explain(t.notifications.notMuted(messageOf(error)));
      return false;
    }
  }

  async function mute(postId: string) {
    if (!(await change('PUT', postId))) return;
    showToast(toastOf(postId), <MutedToast onUndo={() => unmute(postId)} />, {
      words: t.notifications.mutedNow,
    });
  }

  function unmute(postId: string) {
    dismissToast(toastOf(postId));
    void change('DELETE', postId);
  }

  return { mute: (postId: string) => void mute(postId), unmute };
}
