import type { Call } from '../http/api.ts';
import {
  closePageNotification,
  closePageNotifications,
  isPageNotificationShown,
  showPageNotification,
} from './pageNotification.ts';
import { type SystemNotification, systemNotification } from './systemNotification.ts';

/** Undefined where the browser has no worker for us: an old one, a private window, plain HTTP. */
async function registration() {
  return 'serviceWorker' in navigator
    ? navigator.serviceWorker.getRegistration().catch(() => undefined)
    : undefined;
}

/** Answers whether it could be shown: only with the permission of the user. */
export async function showSystemNotification(notification: SystemNotification): Promise<boolean> {
  const worker = await registration();
  if (Notification.permission !== 'granted') return false;
  if (!worker?.active) return showPageNotification(notification);
  return worker.showNotification(...systemNotification(notification)).then(
    () => true,
    () => false,
  );
}

/** Says the new state in the one that is still shown, if there is one. */
export async function updateSystemNotification(notification: SystemNotification) {
  if (isPageNotificationShown(notification.tag) || (await shownByWorker(notification.tag)).length > 0)
    await showSystemNotification(notification);
}

/** What is read or taken back needs no notification any more. */
export async function closeSystemNotification(tag: string) {
  closePageNotification(tag);
  for (const notification of await shownByWorker(tag)) notification.close();
}

async function shownByWorker(tag: string): Promise<Notification[]> {
  return (await (await registration())?.getNotifications({ tag })) ?? [];
}

/**
 * Has the server push to this browser while no window is open.
 *
 * @param pushKey the server's `Me.pushKey`
 * @returns false where the browser cannot; rejects when it or the server refuses
 */
export async function subscribeToPush(call: Call, pushKey: string): Promise<boolean> {
  if (!('PushManager' in globalThis && 'serviceWorker' in navigator)) return false;
  // The worker of a first visit may still be on its way.
  const { pushManager } = await navigator.serviceWorker.ready;
  const options = { userVisibleOnly: true, applicationServerKey: pushKey };
  const subscription = await pushManager.subscribe(options).catch(async (error: unknown) => {
    // One made with another key of the server stands in the way.
    const old = await pushManager.getSubscription();
    if (!old) throw error;
    await old.unsubscribe();
    return pushManager.subscribe(options);
  });
  await call('PUT', '/push', subscription);
  return true;
}

/** Nothing is pushed to this browser any more, whether or not the server hears of it. */
export async function unsubscribeFromPush(call: Call) {
  const subscription = await endSubscription();
  if (subscription) await call('DELETE', '/push', { endpoint: subscription.endpoint }).catch(() => undefined);
}

/** Whoever sits here next sees nothing of what the one before was told, and is told of none of it. */
export async function endUsersPush() {
  closePageNotifications();
  await endSubscription();
  for (const notification of (await (await registration())?.getNotifications()) ?? []) notification.close();
}

/** A server that uses it afterwards learns that it is gone. */
async function endSubscription() {
  const subscription = await (await registration())?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  return subscription;
}
