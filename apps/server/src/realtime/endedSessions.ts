import type { SessionEndReason } from '@live-likes/contract';
import type { Sessions } from '../auth/sessions.ts';
import type { Clock } from '../clock.ts';
import type { LiveServer } from './liveServer.ts';
import { slices } from './slices.ts';

const SESSIONS_AT_ONCE = 1_000;

export interface EndedSessionsDeps {
  io: LiveServer;
  sessions: Sessions;
  clock: Clock;
  endSession(sessionId: string, reason: SessionEndReason): void;
}

/** Cuts the sockets of sessions that have ended behind this server's back: expired, or ended by another process. */
export async function cutEndedSessions({ io, sessions, clock, endSession }: EndedSessionsDeps) {
  const connected = new Set([...io.of('/').sockets.values()].map(({ data }) => data.login.sessionId));
  for await (const sessionIds of slices([...connected], SESSIONS_AT_ONCE, clock)) {
    const living = await sessions.living(sessionIds);
    for (const sessionId of sessionIds) if (!living.has(sessionId)) endSession(sessionId, 'revoked');
  }
}
