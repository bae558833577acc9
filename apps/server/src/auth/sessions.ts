import type { IncomingHttpHeaders } from 'node:http';
import type { User } from '@live-likes/contract';
import { fromNodeHeaders } from 'better-auth/node';
import type { Auth } from './auth.ts';

/** Who is asking. */
export interface Login {
  sessionId: string;
  user: User;
}

/** Reads sessions for HTTP calls and sockets alike. */
export interface Sessions {
  /** The login that the request's cookie stands for; null without a valid one. */
  of(headers: IncomingHttpHeaders): Promise<Login | null>;
  /** Whether the session has not ended meanwhile. */
  lives(sessionId: string): Promise<boolean>;
}

export function createSessions(auth: Auth): Sessions {
  return {
    async of(headers) {
      const found = await auth.api.getSession({
        headers: fromNodeHeaders(headers),
        query: { disableRefresh: true },
      });
      if (!found) return null;
      const { id, name, username, image } = found.user;
      return {
        sessionId: found.session.id,
        user: { id, name, username: username ?? '', image: image ?? null },
      };
    },
    async lives(sessionId) {
      const { adapter } = await auth.$context;
      const session = await adapter.findOne<{ expiresAt: Date }>({
        model: 'session',
        where: [{ field: 'id', value: sessionId }],
        select: ['expiresAt'],
      });
      return session !== null && session.expiresAt.getTime() > Date.now();
    },
  };
}
