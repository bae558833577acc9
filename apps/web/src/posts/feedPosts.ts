import type { Post } from '@live-likes/contract';

/** Posts from several sources as one list, newest first, each once, without those deleted. */
export function mergePosts(sources: readonly (readonly Post[])[], deleted: ReadonlySet<string>): Post[] {
  const byId = new Map<string, Post>();
  for (const posts of sources) {
    for (const post of posts) if (!deleted.has(post.id)) byId.set(post.id, post);
  }
  return [...byId.values()].toSorted(newestFirst);
}

/** Times of one form are in the order of their letters. Of ten thousand posts, most are in order already. */
function newestFirst(a: Post, b: Post) {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}

/**
 * Splits the list at `shownTop`, the time of the newest post that the reader has been shown: what is
 * newer is held back until asked for, so that nothing jumps under the pointer. One's own shows at once.
 */
export function holdBack(posts: Post[], shownTop: string, userId: string) {
  const isShown = (post: Post) => post.createdAt <= shownTop || post.author.id === userId;
  const shown = posts.filter(isShown);
  return { shown, held: posts.length - shown.length };
}
