import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';
import { requireAuthor } from './requireAuthor.ts';

/**
 * Mutes a post or lets it speak again: likes of a muted one are counted, and alert nobody. What was unread of
 * it is read; what comes while it is muted stays quiet for ever.
 *
 * @throws {Refusal} `NOT_FOUND`, or `FORBIDDEN` when the post is somebody else's.
 */
export async function mutePost(
  store: Store,
  publish: Publish,
  userId: string,
  postId: string,
  muted: boolean,
): Promise<void> {
  await requireAuthor(store, userId, postId, 'Only its author can mute a post.');
  publish.inboxes(await store.mutePost(postId, muted));
}
