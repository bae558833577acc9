import type { Notification } from '@live-likes/contract';
import type { Messages } from '../locales/en.ts';
import type { SystemNotification } from '../system/systemNotification.ts';
import { notificationText } from './notificationText.ts';

/** As the system shows it, whether the worker or a page tells of it. Opening its address marks it read. */
export function describeNotification(notification: Notification, t: Messages): SystemNotification {
  const { id, kind, post } = notification;
  const text = notificationText(notification, t);
  const page = post ? `/posts/${encodeURIComponent(post.id)}` : '/notifications';
  return {
    title: kind === 'announcement' ? 'Live Likes' : text,
    body: kind === 'announcement' ? text : (post?.excerpt ?? ''),
    tag: id,
    url: `${page}?read=${encodeURIComponent(id)}`,
  };
}
