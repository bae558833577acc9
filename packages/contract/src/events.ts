import { z } from 'zod';
import { ID_MAX_LENGTH, IDS_MAX } from './limits.ts';
import type { Result } from './result.ts';
import type { Settings } from './settings.ts';
import {
  idSchema,
  type Counts,
  type InboxDelta,
  type InboxHead,
  type LikeState,
  type Post,
  type User,
} from './shapes.ts';

const epochSchema = z.string().min(1).max(ID_MAX_LENGTH);
const seqSchema = z.int().nonnegative();
const idsSchema = z.array(idSchema).max(IDS_MAX);

/** The inbox cursor in the handshake's `auth`; without one the answer is a reset. */
export const cursorSchema = z.object({ epoch: epochSchema, since: seqSchema });
export type InboxCursor = z.infer<typeof cursorSchema>;

/** `client` names a tab's lifetime, `n` counts up in it: a retry carries the same pair. */
export const likeOpSchema = z.strictObject({ client: idSchema, n: seqSchema });
export type LikeOp = z.infer<typeof likeOpSchema>;

export const inboxReadSchema = z.union([
  z.strictObject({ epoch: epochSchema, upTo: seqSchema }),
  z.strictObject({ ids: idsSchema }),
]);
export type InboxRead = z.infer<typeof inboxReadSchema>;

/** Every event that a client may send, with the shape of its payload. */
export const clientEvents = {
  'like:set': z.strictObject({ postId: idSchema, liked: z.boolean(), op: likeOpSchema }),
  'inbox:since': z.strictObject({ epoch: epochSchema, since: seqSchema }),
  'inbox:read': inboxReadSchema,
  'posts:watch': z.strictObject({ postIds: idsSchema }),
} as const;

export type ClientEvent = keyof typeof clientEvents;
export type ClientPayload<E extends ClientEvent> = z.infer<(typeof clientEvents)[E]>;

/** What the acknowledgement of each client event carries when it is `ok`. */
export interface ClientEventData {
  'like:set': LikeState;
  'inbox:since': InboxDelta;
  'inbox:read': { unread: number };
  'posts:watch': Counts[];
}

/** Why a session ended while its sockets were open. */
export type SessionEndReason = 'logout' | 'revoked';

/** Every event that a server may send, with its payload. */
export interface ServerEventData {
  'session:ready': { user: User; now: string; inbox: InboxDelta; online: number };
  'inbox:changed': InboxDelta;
  'inbox:head': InboxHead;
  'like:changed': LikeState;
  'settings:changed': Settings;
  'posts:changed': Counts[];
  'post:created': { post: Post };
  'post:deleted': { postId: string };
  'presence:changed': { online: number };
  'session:ended': { reason: SessionEndReason };
  'server:draining': { reconnectInMs: number };
}
export type ServerEvent = keyof ServerEventData;

/** The same two tables in the form that Socket.IO's types take. */
export type ClientToServerEvents = {
  [E in ClientEvent]: (payload: ClientPayload<E>, ack: (result: Result<ClientEventData[E]>) => void) => void;
};
export type ServerToClientEvents = { [E in ServerEvent]: (payload: ServerEventData[E]) => void };
