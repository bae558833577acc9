import type { Counts } from '@live-likes/contract';
import type { Store } from '../storage/store.ts';
import type { LiveSocket } from './liveServer.ts';
import { postRoom } from './rooms.ts';

/** Makes `postIds` the posts whose counts this socket is told of, and answers the counts of now. */
export async function watchPosts(
  store: Store,
  socket: LiveSocket,
  postIds: readonly string[],
): Promise<Counts[]> {
  const wanted = new Set(postIds.map(postRoom));
  const prefix = postRoom('');
  for (const room of socket.rooms) {
    if (room.startsWith(prefix) && !wanted.has(room)) await socket.leave(room);
  }
  // Joined before the counts are read: what changes in between is told twice rather than never.
  await socket.join([...wanted]);
  return store.counts(postIds);
}
