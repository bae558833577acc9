/** The service worker: keeps the app's own files, so that it opens without a network, and receives Web Push. */
import type { ToWorker } from './messages.ts';
import { openFromNotification, receivePush, renewSubscription } from './push.ts';
import { scope } from './scope.ts';
import { dropOldShells, shellAnswer, storeShell } from './shell.ts';

scope.addEventListener('install', (event) => event.waitUntil(storeShell()));

scope.addEventListener('activate', (event) =>
  event.waitUntil(dropOldShells().then(() => scope.clients.claim())),
);

scope.addEventListener('fetch', (event) => {
  const answer = shellAnswer(event.request);
  if (answer) event.respondWith(answer());
});

scope.addEventListener('message', (event) => {
  const message = event.data as ToWorker;
  if (message.kind === 'take-over') event.waitUntil(scope.skipWaiting());
});

scope.addEventListener('push', (event) => {
  if (event.data) event.waitUntil(receivePush(event.data));
});
scope.addEventListener('notificationclick', (event) =>
  event.waitUntil(openFromNotification(event.notification)),
);
scope.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renewSubscription(event)));
