import type { Notification } from '@live-likes/contract';
import type { Messages } from '../locales/en.ts';
import { isolated } from '../locales/isolated.ts';

/** "Bob liked your post", "Carol and 1 other liked your post"; an announcement's own words. */
export function notificationText({ kind, text, actors, count }: Notification, t: Messages): string {
  if (kind === 'announcement') return text ?? '';
  return t.inbox.liked(isolated(actors[0]?.name ?? t.inbox.somebody), count - 1);
}
