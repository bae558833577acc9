import { useEffect, useEffectEvent } from 'react';
import { useLocation } from 'wouter';
import type { FromWorker } from '../worker/messages.ts';
import { onPageNotificationOpened } from './pageNotification.ts';

/** Shows what a click on one of the system's notifications asks for. */
export function useOpenedNotifications() {
  const [, navigate] = useLocation();
  const open = useEffectEvent((url: string) => navigate(url));
  useEffect(() => {
    const stopListening = onPageNotificationOpened((url) => open(url));
    if (!('serviceWorker' in navigator)) return stopListening;
    const { serviceWorker } = navigator;
    const onMessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'open') open(data.url);
    };
    serviceWorker.addEventListener('message', onMessage);
    return () => {
      stopListening();
      serviceWorker.removeEventListener('message', onMessage);
    };
  }, []);
}
