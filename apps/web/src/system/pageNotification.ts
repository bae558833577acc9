import { navigate } from 'wouter/use-browser-location';
import { type SystemNotification, systemNotification } from './systemNotification.ts';

const shown = new Map<string, Notification>();

/** Where there is no worker the page shows them itself: clicks on them are lost with it. False where it may not. */
export function showPageNotification(notification: SystemNotification): boolean {
  const { tag, url } = notification;
  try {
    const own = new Notification(...systemNotification(notification));
    shown.set(tag, own);
    own.addEventListener('click', () => {
      own.close();
      focus();
      navigate(url);
    });
    own.addEventListener('close', () => {
      if (shown.get(tag) === own) shown.delete(tag);
    });
    return true;
  } catch {
    // Phones leave it to workers alone.
    return false;
  }
}

export const isPageNotificationShown = (tag: string) => shown.has(tag);
export const closePageNotification = (tag: string) => shown.get(tag)?.close();
/** Whoever sits here next is told of nothing that was another's. */
export const closePageNotifications = () => shown.forEach((notification) => notification.close());
