import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';
import { requireAuthor } from './requireAuthor.ts';

/** @throws {Refusal} `NOT_FOUND`, or `FORBIDDEN` when the post is somebody else's. */
export async function deletePost(
  store: Store,
  publish: Publish,
  userId: string,
  postId: string,
): Promise<void> {
  await requireAuthor(store, userId, postId, 'Only its author can delete a post.');
  publish.inboxes(await store.deletePost(postId));
  publish.postDeleted(postId);
}
