import type { Counts } from '@live-likes/contract';
import type { Store } from '../storage/store.ts';
import type { LiveSocket } from './liveServer.ts';
import { POSTS, postRoom } from './rooms.ts';

/** Makes `postIds` the posts whose counts this socket is told of, and answers the counts of now. */
export async function watchPosts(
  store: Store,
  socket: LiveSocket,
  postIds: readonly string[],
): Promise<Counts[]> {
  const wanted = new Set(postIds.map(postRoom));
  const unwanted = [...socket.rooms].filter((room) => room.startsWith(POSTS) && !wanted.has(room));
  // All in one turn, so that of two sets on each other's heels the later one stays. And before the counts
  // are read: what changes in between is told twice rather than never.
  await Promise.all([...unwanted.map((room) => socket.leave(room)), socket.join([...wanted])]);
  return store.counts(postIds);
}
