import type { Socket } from 'node:net';
import type { Logger } from '../log.ts';
import { connectionsOf, terminate, unreadBy } from './engine.ts';
import type { Conn, LiveServer } from './liveServer.ts';

const SWEEP_MS = 1_000;
const PACKETS_MAX = 1_000;
const BYTES_MAX = 1024 * 1024;
/** For so long a client may be behind by more than that, */
const BEHIND_MS = 5_000;
/** but never by so many times as much. */
const FAR_BEHIND = 4;

export interface SlowReadersDeps {
  io: LiveServer;
  /** The open TCP connections. */
  sockets(): Iterable<Socket>;
  log: Logger;
}

/**
 * Cuts whoever does not read what is sent to them, though they may still answer pings: otherwise it would all
 * be kept for them in memory. What they miss, the inbox has when they come back.
 */
export function cutSlowReaders({ io, sockets, log }: SlowReadersDeps) {
  let behindSince = new Map<Conn | Socket, number>();

  function sweep() {
    const now = performance.now();
    const stillBehind = new Map<Conn | Socket, number>();
    const look = (reader: Conn | Socket, excess: number, cut: () => void) => {
      if (excess <= 1) return;
      const since = behindSince.get(reader) ?? now;
      stillBehind.set(reader, since);
      if (excess <= FAR_BEHIND && now - since < BEHIND_MS) return;
      log.info('a client that does not read was cut');
      cut();
    };
    for (const conn of connectionsOf(io)) {
      const { packets, bytes } = unreadBy(conn);
      look(conn, Math.max(packets / PACKETS_MAX, bytes / BYTES_MAX), () => terminate(conn));
    }
    // An answer to a poll that nobody reads belongs to no connection of the engine any more.
    for (const socket of sockets()) look(socket, socket.writableLength / BYTES_MAX, () => socket.destroy());
    behindSince = stillBehind;
  }

  const timer = setInterval(sweep, SWEEP_MS);
  return { close: () => clearInterval(timer) };
}
