import type { PushMessage } from '@live-likes/contract';
import { describeNotification } from '../inbox/describeNotification.ts';
import { en } from '../locales/en.ts';
import { zhCN } from '../locales/zhCN.ts';
import { showAppBadge } from '../system/appBadge.ts';
import { systemNotification } from '../system/systemNotification.ts';
import { workerLanguage } from '../system/workerLanguage.ts';
import type { FromWorker } from './messages.ts';
import { scope } from './scope.ts';

/** Tells of it, unless a page of ours does that already. */
export async function receivePush(data: PushMessageData) {
  const { notification, unread } = data.json() as PushMessage;
  showAppBadge(unread);
  if ((await windows()).some((window) => window.visibilityState === 'visible')) return;
  const language = (await workerLanguage()) ?? navigator.language;
  const words = language.toLowerCase().startsWith('zh') ? zhCN : en;
  const [title, options] = systemNotification(describeNotification(notification, words));
  await scope.registration.showNotification(title, options);
}

/** In a window that is open already, if there is one. */
export async function openFromNotification(notification: Notification) {
  notification.close();
  const { url } = notification.data as { url: string };
  const open = await windows();
  const window = open.find(({ visibilityState }) => visibilityState === 'visible') ?? open[0];
  if (!window) {
    await scope.clients.openWindow(url);
    return;
  }
  window.postMessage({ kind: 'open', url } satisfies FromWorker);
  await window.focus();
}

function windows() {
  return scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
}

/** The browser's push service has ended a subscription: what it gives instead is told to the server. */
export async function renewSubscription({ oldSubscription, newSubscription }: PushSubscriptionChangeEvent) {
  const { pushManager } = scope.registration;
  const renewed =
    newSubscription ?? (oldSubscription && (await pushManager.subscribe(oldSubscription.options)));
  if (!renewed) return;
  await fetch('/api/push', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(renewed),
  });
}
