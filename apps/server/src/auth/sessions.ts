import type { IncomingHttpHeaders } from 'node:http';
import type { User } from '@live-likes/contract';
import { fromNodeHeaders } from 'better-auth/node';
import { unavailable } from '../errors.ts';
import type { Auth } from './auth.ts';

/** Fewer than a statement may have parameters. */
const IDS_PER_QUERY = 1_000;

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
  /** Of the sessions, those that have not ended meanwhile, however they ended. */
  living(sessionIds: readonly string[]): Promise<ReadonlySet<string>>;
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
    async living(sessionIds) {
      const { adapter } = await auth.$context;
      const living = new Set<string>();
      for (let start = 0; start < sessionIds.length; start += IDS_PER_QUERY) {
        const ids = sessionIds.slice(start, start + IDS_PER_QUERY);
        const found = await adapter.findMany<{ id: string; expiresAt: Date }>({
          model: 'session',
          where: [{ field: 'id', operator: 'in', value: ids }],
          select: ['id', 'expiresAt'],
          limit: ids.length,
        });
        for (const { id, expiresAt } of found) if (expiresAt.getTime() > Date.now()) living.add(id);
      }
      return living;
    },
  };
}
