import type { Post } from '@live-likes/contract';
import type { Publish } from '../publish.ts';
import type { Store } from '../storage/store.ts';

/** Stores a post (`body` already trimmed and bounded) and shows it to everybody. */
export async function createPost(
  store: Store,
  publish: Publish,
  authorId: string,
  body: string,
): Promise<Post> {
  const post = await store.createPost({ authorId, body });
  publish.postCreated(post);
  return post;
}
