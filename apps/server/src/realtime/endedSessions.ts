import type { SessionEndReason } from '@live-likes/contract';
import type { Sessions } from '../auth/sessions.ts';
import type { LiveServer } from './liveServer.ts';

export interface EndedSessionsDeps {
  io: LiveServer;
  sessions: Sessions;
  endSession(sessionId: string, reason: SessionEndReason): void;
}

/** Cuts the sockets of sessions that have ended behind this server's back: expired, or ended by another process. */
export async function cutEndedSessions({ io, sessions, endSession }: EndedSessionsDeps) {
  const connected = new Set([...io.of('/').sockets.values()].map(({ data }) => data.login.sessionId));
  const living = await sessions.living([...connected]);
  for (const sessionId of connected) if (!living.has(sessionId)) endSession(sessionId, 'revoked');
}
