import type { Notification } from '@live-likes/contract';
import type { Inbox } from '../realtime/live.ts';

export interface AwayNews {
  likes: number;
  posts: number;
  announcements: Notification[];
}

/**
 * Collects the notifications that would have popped up while nobody was looking, to be told in one
 * sentence. Counts what is still true at the end: a like taken back meanwhile is not told.
 */
export function createAwayLog(before: Inbox) {
  const ids = new Set<string>();
  /** Read or taken back meanwhile: what comes after that is all new. */
  const settled = new Set<string>();
  return {
    ids: ids as ReadonlySet<string>,
    add: (id: string) => ids.add(id),
    drop(id: string) {
      ids.delete(id);
      settled.add(id);
    },
    sum(after: Inbox): AwayNews {
      const news: AwayNews = { likes: 0, posts: 0, announcements: [] };
      for (const id of ids) {
        const notification = after.items.get(id);
        if (!notification || notification.newCount === 0) continue;
        if (notification.kind === 'announcement') {
          news.announcements.push(notification);
        } else {
          news.posts += 1;
          const known = settled.has(id) ? 0 : (before.items.get(id)?.newCount ?? 0);
          news.likes += Math.max(1, notification.newCount - known);
        }
      }
      return news;
    },
  };
}

export type AwayLog = ReturnType<typeof createAwayLog>;
