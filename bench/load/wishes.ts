/** Which like comes next, by chance; never of one's own post. */
import type { World, WorldPerson, WorldPost } from '../world.ts';

export interface Wish {
  postId: string;
  liked: boolean;
}

/** Likes and takes back, any number of times. */
export function endlessWishes({ posts }: World) {
  const liked = new Map<string, Set<string>>();
  return (person: WorldPerson): Wish => {
    const own = liked.get(person.id) ?? new Set();
    liked.set(person.id, own);
    const postId = somePost(posts, person);
    if (!own.delete(postId)) own.add(postId);
    return { postId, liked: own.has(postId) };
  };
}

/** Likes alone, each of them new, so that the counts tell which are in; as many as people times posts at most. */
export function newLikes({ posts }: World) {
  const likes = new Set<string>();
  return (person: WorldPerson): Wish => {
    for (;;) {
      const postId = somePost(posts, person);
      const key = `${person.id} ${postId}`;
      if (likes.has(key)) continue;
      likes.add(key);
      return { postId, liked: true };
    }
  };
}

function somePost(posts: readonly WorldPost[], person: WorldPerson): string {
  for (;;) {
    const post = posts[Math.floor(Math.random() * posts.length)] as WorldPost;
    if (post.authorId !== person.id) return post.id;
  }
}
