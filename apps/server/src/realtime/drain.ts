import type { Clock } from '../clock.ts';
import type { LiveServer, LiveSocket } from './liveServer.ts';

/** The next process needs about this long until it can be connected to. */
const AWAY_MS = 1_000;
/** The clients come back one after the other, this far apart, */
const APART_MS = 32;
/** but the last one not later than this. */
const SPREAD_MAX_MS = 30_000;
/** Longer than a lock of the database is waited for. */
const ANSWERS_WITHIN_MS = 2_000;
const BATCHES = 10;
const BATCH_EVERY_MS = 50;

/**
 * Sends all sockets away before a stop: each is told when to come back, in a slot of its own, so that they do
 * not all fall on the next process at once. Then they are cut, a part at a time.
 */
export function createDrain(io: LiveServer, clock: Clock) {
  let underWay = false;

  function pause(ms: number) {
    return new Promise<void>((resolve) => clock.setTimeout(resolve, ms));
  }

  function tell(sockets: readonly LiveSocket[]) {
    const apart = Math.min(APART_MS, SPREAD_MAX_MS / sockets.length);
    for (const [slot, socket] of sockets.entries()) {
      const reconnectInMs = Math.round(AWAY_MS + (slot + Math.random()) * apart);
      socket.emit('server:draining', { reconnectInMs });
    }
  }

  return {
    isUnderWay: () => underWay,
    /** @param answered resolves when what clients have asked for is answered. Resolves when they are cut. */
    async run(answered: () => Promise<void>) {
      underWay = true;
      const sockets = [...io.of('/').sockets.values()];
      tell(sockets);
      await Promise.race([answered(), pause(ANSWERS_WITHIN_MS)]);
      const size = Math.ceil(sockets.length / BATCHES);
      for (let start = 0; start < sockets.length; start += size) {
        await pause(BATCH_EVERY_MS);
        for (const socket of sockets.slice(start, start + size)) socket.conn.close();
      }
    },
  };
}

export type Drain = ReturnType<typeof createDrain>;
