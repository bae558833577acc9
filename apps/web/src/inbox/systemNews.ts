import type { Notification } from '@live-likes/contract';
import { text } from '../locales/language.ts';
import {
  closeSystemNotification,
  showSystemNotification,
  updateSystemNotification,
} from '../system/worker.ts';
import { describeNotification } from './describeNotification.ts';

export const showNews = (news: Notification) => showSystemNotification(describeNotification(news, text()));

/** What is shown already says the new state. */
export const updateNews = (news: Notification) =>
  updateSystemNotification(describeNotification(news, text()));

export const closeNews = closeSystemNotification;
