import type { Notification } from '@live-likes/contract';
import { text } from '../locales/language.ts';
import {
  closeSystemNotification,
  showSystemNotification,
  updateSystemNotification,
} from '../system/worker.ts';
import { describeNotification } from './describeNotification.ts';

export const showNews = (notification: Notification) =>
  showSystemNotification(describeNotification(notification, text()));

/** No news: what is shown already says the new state. */
export const updateNews = (notification: Notification) =>
  updateSystemNotification(describeNotification(notification, text()));

export const closeNews = closeSystemNotification;
