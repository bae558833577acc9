import { ErrorCode } from '@live-likes/contract';
import { postNotFound, Refusal } from '../errors.ts';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';

/** @throws {Refusal} `NOT_FOUND`, or `FORBIDDEN` when the post is somebody else's. */
export async function deletePost(
  store: Store,
  publish: Publish,
  userId: string,
  postId: string,
): Promise<void> {
  const post = await store.post(postId, userId);
  if (!post) throw postNotFound();
  if (post.author.id !== userId) throw new Refusal(ErrorCode.FORBIDDEN, 'Only its author can delete a post.');
  publish.inboxes(await store.deletePost(postId));
  publish.postDeleted(postId);
}
