import type { Logger } from '../log.ts';
import type { Store } from '../storage/store.ts';
import type { LiveServer } from './liveServer.ts';
import type { Presence } from './presence.ts';
import { userRoom } from './rooms.ts';

/**
 * Tells every connected user how far their inbox goes, by one query for all of them. Who missed the
 * last push, which no later one would reveal, learns of it here.
 */
export function startHeartbeat(
  io: LiveServer,
  store: Store,
  presence: Presence,
  log: Logger,
  intervalMs: number,
) {
  async function beat() {
    try {
      for (const { userId, ...head } of await store.heads(presence.userIds())) {
        io.local.to(userRoom(userId)).emit('inbox:head', head);
      }
    } catch (error) {
      log.warn({ err: error }, 'heads could not be read; the next beat tries again');
    }
  }
  const timer = setInterval(() => void beat(), intervalMs);
  return { close: () => clearInterval(timer) };
}
