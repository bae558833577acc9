import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../storage/store.ts';
import type { LiveServer } from './liveServer.ts';
import type { Presence } from './presence.ts';
import { userRoom } from './rooms.ts';

export interface HeartbeatDeps {
  io: LiveServer;
  store: Store;
  presence: Presence;
  clock: Clock;
  log: Logger;
  intervalMs: number;
}

/**
 * Tells every connected user how far their inbox goes, by one query for all of them. Who missed the
 * last push, which no later one would reveal, learns of it here.
 */
export function startHeartbeat({ io, store, presence, clock, log, intervalMs }: HeartbeatDeps) {
  let timer = clock.setTimeout(() => void beat(), intervalMs);

  async function beat() {
    timer = clock.setTimeout(() => void beat(), intervalMs);
    try {
      for (const { userId, ...head } of await store.heads(presence.userIds())) {
        io.local.to(userRoom(userId)).emit('inbox:head', head);
      }
    } catch (error) {
      log.warn({ err: error }, 'heads could not be read; the next beat tries again');
    }
  }
  return { close: () => clock.clearTimeout(timer) };
}
