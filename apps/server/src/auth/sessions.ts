import type { IncomingHttpHeaders } from 'node:http';
import type { User } from '@live-likes/contract';
import { fromNodeHeaders } from 'better-auth/node';
import { unavailable } from '../errors.ts';
import type { Auth } from './auth.ts';

/** Who is asking. */
export interface Login {
  sessionId: string;
  user: User;
}

/** Reads sessions for HTTP calls and sockets alike. */
export interface Sessions {
  /**
   * The login that the request's cookie stands for; null without a valid one.
   *
   * @throws {Refusal} `UNAVAILABLE` when it cannot be read.
   */
  of(headers: IncomingHttpHeaders): Promise<Login | null>;
  /** Whether the session has not ended meanwhile. */
  lives(sessionId: string): Promise<boolean>;
}

export function createSessions(auth: Auth): Sessions {
  return {
    async of(headers) {
      const query = { disableRefresh: true };
      const found = await auth.api
        .getSession({ headers: fromNodeHeaders(headers), query })
        .catch((error: unknown) => {
          throw unavailable(error);
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
