import { ErrorCode } from '@live-likes/contract';
import { postNotFound, Refusal } from '../errors.ts';
import type { Store } from '../storage/store.ts';

/** @throws {Refusal} `NOT_FOUND`, or `FORBIDDEN` with `sentence` when the post is somebody else's. */
export async function requireAuthor(store: Store, userId: string, postId: string, sentence: string) {
  const post = await store.post(postId, userId);
  if (!post) throw postNotFound();
  if (post.author.id !== userId) throw new Refusal(ErrorCode.FORBIDDEN, sentence);
}
