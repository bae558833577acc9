import type { Notification } from '@live-likes/contract';
import { useEffect } from 'react';
import { useLive } from '../realtime/LiveContext.tsx';
import { useReadable } from '../realtime/useReadable.ts';
import { playSound, prepareSound, unlockSound } from '../system/onDemand.ts';
import { permission } from '../system/permission.ts';
import { isHeld } from '../system/tabRole.ts';
import { useTabRole } from '../system/useTabRole.ts';
import { useTouched } from '../system/useTouched.ts';
import { useVisible } from '../system/useVisible.ts';
import type * as systemNews from './systemNews.ts';
import { waysToTell } from './waysToTell.ts';

/** Where it cannot be fetched there are still the inbox and the badge. */
const bySystem = (tell: (news: typeof systemNews) => Promise<unknown>) =>
  import('./systemNews.ts').then(tell, () => undefined);

/** Tells of news in the ways that the person wants: `pop` for a toast, the sound, the system. */
export function useTelling(pop: (notification: Notification) => void) {
  const { client, me, user } = useLive();
  const wishes = useReadable(me)?.settings;
  const visible = useVisible();
  const touched = useTouched();
  const withSound = wishes?.sound === true;
  const seeing = `in view of ${user.id}`;
  useTabRole(seeing, visible, 'shared');
  const speaks = useTabRole(`speaks for ${user.id}`, wishes?.system === true);
  const plays = useTabRole(`plays for ${user.id}`, touched && withSound);

  useEffect(() => {
    if (!withSound) return;
    // Some browsers allow it in the moment of the touch alone: by then it has to be there.
    prepareSound();
    if (touched) unlockSound();
  }, [touched, withSound]);

  return {
    /** @param inView the person looks at this tab, and has been told what they missed */
    async show({ id }: Notification, inView: boolean) {
      const settings = await me.settings();
      const ways = waysToTell({
        settings,
        now: Date.now() + client.clockOffset.get(),
        inView,
        anyInView: document.visibilityState === 'visible' || ((await isHeld(seeing)) ?? false),
        permission: permission.get(),
        speaks: speaks(),
        plays: plays(),
      });
      const notification = client.inbox.get().items.get(id);
      // Read, taken back or muted in the meantime.
      if (!notification || notification.newCount === 0 || notification.post?.muted) return;
      if (ways.toast) pop(notification);
      if (ways.sound) playSound();
      if (ways.system) await bySystem(({ showNews }) => showNews(notification));
    },
    /** No news: what is shown already says the new state. */
    async update(notification: Notification) {
      if (!speaks() || permission.get() !== 'granted') return;
      await bySystem(({ updateNews }) => updateNews(notification));
    },
    async dismiss(id: string) {
      if (permission.get() !== 'granted') return;
      await bySystem(({ closeNews }) => closeNews(id));
    },
  };
}
