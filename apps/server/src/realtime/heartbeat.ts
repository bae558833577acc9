import type { Logger } from '../log.ts';
import type { Store } from '../storage/store.ts';
import { cutEndedSessions, type EndedSessionsDeps } from './endedSessions.ts';
import type { Presence } from './presence.ts';
import { userRoom } from './rooms.ts';
import { slices } from './slices.ts';

const HEADS_AT_ONCE = 100;
const SOON_MS = 1_000;

export interface HeartbeatDeps extends EndedSessionsDeps {
  store: Store;
  presence: Presence;
  log: Logger;
  intervalMs: number;
}

/**
 * Tells every connected user how far their inbox goes, by a query for many of them. Who missed the
 * last push, which no later one would reveal, learns of it here. And cuts the sockets of sessions that
 * have ended behind this server's back: expired, or ended by another process.
 */
export function startHeartbeat(deps: HeartbeatDeps) {
  const { io, store, presence, clock, log, intervalMs } = deps;
  let timer = clock.setTimeout(beat, intervalMs);
  let closed = false;

  function beat() {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(beat, intervalMs);
    for (const [task, name] of [
      [tellHeads, 'heads'],
      [() => cutEndedSessions(deps), 'sessions'],
    ] as const) {
      task().catch((error: unknown) =>
        log.warn({ err: error }, `${name} could not be read; the next beat tries again`),
      );
    }
  }

  async function tellHeads() {
    for await (const userIds of slices(presence.userIds(), HEADS_AT_ONCE, clock)) {
      for (const { userId, ...head } of await store.heads(userIds)) {
        io.local.to(userRoom(userId)).emit('inbox:head', head);
      }
    }
  }

  return {
    /** Beats within a second, at a moment that other servers do not choose, and then goes on from there. */
    soon() {
      clock.clearTimeout(timer);
      if (closed) return;
      timer = clock.setTimeout(beat, Math.random() * SOON_MS);
    },
    close() {
      closed = true;
      clock.clearTimeout(timer);
    },
  };
}
