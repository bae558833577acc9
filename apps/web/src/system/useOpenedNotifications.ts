import { useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import type { FromWorker } from '../worker/messages.ts';

/** Shows what a click on a notification of the worker asks for. */
export function useOpenedNotifications() {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const { serviceWorker } = navigator;
    const onMessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'open') navigate(data.url);
    };
    serviceWorker.addEventListener('message', onMessage);
    return () => serviceWorker.removeEventListener('message', onMessage);
  }, []);
}
