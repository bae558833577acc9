import type { Post } from '@live-likes/contract';

/**
 * Likes whose author has not been told yet. One counts as told when the author's client names the liker. Names are
 * those of the latest three, so that of very many likes at once some are not timed.
 */
export function createTold(authors: ReadonlySet<string>, onTold: (afterMs: number) => void) {
  const due = new Map<string, number>();
  const key = (postId: string, likerId: string) => `${postId} ${likerId}`;
  return {
    /** @param dueAt in ms of `performance.now()` */
    expect({ id, author }: Post, likerId: string, dueAt: number) {
      if (authors.has(author.id)) due.set(key(id, likerId), dueAt);
    },
    forget: (postId: string, likerId: string) => void due.delete(key(postId, likerId)),
    hear(postId: string, likerId: string) {
      const dueAt = due.get(key(postId, likerId));
      if (dueAt === undefined) return;
      due.delete(key(postId, likerId));
      onTold(performance.now() - dueAt);
    },
  };
}
export type Told = ReturnType<typeof createTold>;
