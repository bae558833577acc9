import { countsSchema, idSchema, likeStateSchema, postSchema, settingsSchema } from '@live-likes/contract';
import { z } from 'zod';
import type { Limiter } from '../limits/limiter.ts';
import type { Rates } from '../limits/rates.ts';
import type { Touched } from '../storage/store.ts';

const seqSchema = z.int().nonnegative();

/** To the nodes where a user is connected. */
export const userNoteSchema = z.discriminatedUnion('kind', [
  /** To another node, too. */
  z.object({ kind: z.literal('came') }),
  /** The inbox has entries after `from`: each node reads them itself. */
  z.object({ kind: z.literal('inbox'), from: seqSchema }),
  /** The user's own like, for other tabs. */
  z.object({ kind: z.literal('like'), state: likeStateSchema }),
  z.object({ kind: z.literal('settings'), settings: settingsSchema }),
]);
export type UserNote = z.infer<typeof userNoteSchema>;

const touchedSchema = z.object({ userId: idSchema, from: seqSchema });

/** To every node. */
export const commonNoteSchema = z.discriminatedUnion('kind', [
  /** So many inboxes have changed that a message for each would cost more. */
  z.object({ kind: z.literal('inboxes'), touched: z.array(touchedSchema).readonly() }),
  z.object({ kind: z.literal('counts'), counts: z.array(countsSchema) }),
  z.object({ kind: z.literal('created'), post: postSchema }),
  z.object({ kind: z.literal('deleted'), postId: idSchema }),
  z.object({ kind: z.literal('ended'), sessionId: idSchema, reason: z.enum(['logout', 'revoked']) }),
]);
type CommonNote = z.infer<typeof commonNoteSchema>;

/** To the one node that looks after users who are at none. */
export const keeperNoteSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absent'), touched: z.array(touchedSchema).readonly() }),
  z.object({ kind: z.literal('arrived'), userId: idSchema }),
]);
export type KeeperNote = z.infer<typeof keeperNoteSchema>;

/** What a node does with what it hears. */
export interface BusListener {
  user(userId: string, note: UserNote): void;
  common(note: CommonNote): void;
  keeper(note: KeeperNote): void;
  /** It was told, and nobody is there to hear it: these users are connected to no node. Null: nobody needs to know. */
  absent: ((touched: readonly Touched[]) => void) | null;
  /** The number of users online may be another one. */
  online(): void;
  /** Other nodes can be heard from now on; what they said before may have been missed. */
  back(): void;
  /** Another node has ended, perhaps in the middle of something. */
  nodeEnded(): void;
}

/**
 * What nodes tell each other. All of it are hints, and none of it throws: what does not arrive is healed from the store.
 * A node that is alone has none.
 */
export interface Bus {
  /** Call once, before anybody comes. */
  listen(listener: BusListener): void;
  /**
   * A user's first socket is here. Resolves when this node hears what others tell the user, or cannot for now.
   */
  came(userId: string): Promise<void>;
  /** The last one has gone. */
  left(userId: string): void;
  /** Tells the other nodes where the user is; costs nothing where there are known to be none. */
  tellUser(userId: string, note: UserNote): void;
  /** The same as `tellUser` for each, for very many. */
  tellMany(touched: readonly Touched[]): Promise<void>;
  tellAll(note: CommonNote): void;
  tellKeeper(note: KeeperNote): void;
  /** Rejects while the other nodes are not heard. */
  ping(): Promise<void>;
  /** Distinct users of all nodes; null while that is not known. */
  online(): number | null;
  /**
   * Of the users, those who are connected to any node.
   *
   * @throws while that cannot be known.
   */
  connected(userIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Limits that all nodes count together, each for itself while they cannot. */
  limiter(rates: Rates): Limiter;
  /** Tells the others that this node's users have gone. Resolves within a few seconds in any case. */
  close(): Promise<void>;
}
