import type { InboxRead } from '@live-likes/contract';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';

/** Marks notifications as read, on all of the user's devices. */
export async function markRead(store: Store, publish: Publish, userId: string, what: InboxRead) {
  const { unread, touched } = await store.markRead(userId, what);
  publish.inboxes(touched);
  return { unread };
}
