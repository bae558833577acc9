import type { Clock } from '../clock.ts';
import type { LiveServer } from './liveServer.ts';
import { EVERYBODY } from './rooms.ts';
import { createThrottle } from './throttle.ts';

const INTERVAL_MS = 1_000;

/** Who is connected. Tells everybody how many, at most once a second. */
export function createPresence(io: LiveServer, clock: Clock) {
  const socketsOf = new Map<string, number>();
  let told = 0;
  const tell = createThrottle(clock, INTERVAL_MS, () => {
    if (told === socketsOf.size) return;
    told = socketsOf.size;
    io.to(EVERYBODY).emit('presence:changed', { online: told });
  });

  return {
    /** Distinct users. */
    count: () => socketsOf.size,
    userIds: () => [...socketsOf.keys()],
    isOnline: (userId: string) => socketsOf.has(userId),
    add(userId: string) {
      socketsOf.set(userId, (socketsOf.get(userId) ?? 0) + 1);
      tell.request();
    },
    remove(userId: string) {
      const left = (socketsOf.get(userId) ?? 1) - 1;
      if (left > 0) socketsOf.set(userId, left);
      else socketsOf.delete(userId);
      tell.request();
    },
    close: () => tell.close(),
  };
}

export type Presence = ReturnType<typeof createPresence>;
