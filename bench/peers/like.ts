/** What all peers take for a like, and tell its author. */
import { clientEvents, type ClientPayload } from '@live-likes/contract';

export type Like = ClientPayload<'like:set'>;

/** Null when it is none. */
export function parseLike(payload: unknown): Like | null {
  return clientEvents['like:set'].safeParse(payload).data ?? null;
}

export interface Liked {
  postId: string;
  liked: boolean;
  actor: { id: string; name: string };
}

export type Answer = { ok: true; data: { postId: string; liked: boolean } } | { ok: false };
