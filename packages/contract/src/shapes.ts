import { z } from 'zod';
import { ACTORS_MAX, ID_MAX_LENGTH } from './limits.ts';

export const idSchema = z.string().min(1).max(ID_MAX_LENGTH);
const timeSchema = z.iso.datetime();
const countSchema = z.int().nonnegative();

export const userSchema = z.object({
  id: idSchema,
  username: z.string(),
  name: z.string(),
  image: z.string().nullable(),
});
export type User = z.infer<typeof userSchema>;

/** `liked` is the asker's own like. `rev` grows with every change of the post's likes. */
export const postSchema = z.object({
  id: idSchema,
  author: userSchema,
  body: z.string(),
  createdAt: timeSchema,
  likeCount: countSchema,
  liked: z.boolean(),
  rev: countSchema,
});
export type Post = z.infer<typeof postSchema>;

/** Absolute; of two, the one with the higher `rev` is the newer. */
export const countsSchema = z.object({ postId: idSchema, likeCount: countSchema, rev: countSchema });
export type Counts = z.infer<typeof countsSchema>;

export const likeStateSchema = countsSchema.extend({ liked: z.boolean() });
export type LikeState = z.infer<typeof likeStateSchema>;

/**
 * What a recipient is told about one post (everybody who likes it) or one announcement: always the
 * latest state, stamped with the `seq` of its last change.
 */
export const notificationSchema = z.object({
  id: idSchema,
  seq: countSchema,
  kind: z.enum(['like', 'announcement']),
  /** `muted`: the recipient wants to hear no more of it; what comes is counted, and never new. */
  post: z.object({ id: idSchema, excerpt: z.string(), muted: z.literal(true).optional() }).nullable(),
  text: z.string().nullable(),
  /** Most recent first, never the recipient. */
  actors: z.array(userSchema).max(ACTORS_MAX),
  /** Everybody who likes the post now, the recipient left out. */
  count: countSchema,
  /** Of those, how many the recipient has not read yet. */
  newCount: countSchema,
  updatedAt: timeSchema,
  /** Nobody is left to tell of. */
  removed: z.boolean(),
});
export type Notification = z.infer<typeof notificationSchema>;

/**
 * The current state of every notification with `from < seq <= to`. With `reset`, everything known
 * before is void and `items` are the newest notifications.
 */
export const inboxDeltaSchema = z.object({
  epoch: z.string(),
  from: countSchema,
  to: countSchema,
  items: z.array(notificationSchema),
  /** Notifications with `newCount > 0`. */
  unread: countSchema,
  reset: z.boolean(),
});
export type InboxDelta = z.infer<typeof inboxDeltaSchema>;

export const inboxHeadSchema = z.object({ epoch: z.string(), seq: countSchema, unread: countSchema });
export type InboxHead = z.infer<typeof inboxHeadSchema>;
