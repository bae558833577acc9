import type { Notification } from '@live-likes/contract';
import { text } from '../locales/language.ts';
import { systemWorker } from '../system/onDemand.ts';
import { describeNotification } from './describeNotification.ts';

export async function showNews(notification: Notification) {
  const { showSystemNotification } = await systemWorker();
  await showSystemNotification(describeNotification(notification, text()));
}

/** No news: what is shown already says the new state. */
export async function updateNews(notification: Notification) {
  const { updateSystemNotification } = await systemWorker();
  await updateSystemNotification(describeNotification(notification, text()));
}
