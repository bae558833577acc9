import { z } from 'zod';
import { ANNOUNCEMENT_MAX_LENGTH, POST_MAX_LENGTH } from './limits.ts';
import { idSchema, type Notification, type Post, type User } from './shapes.ts';

const textSchema = (max: number) => z.string().trim().min(1).max(max);

export const createPostSchema = z.strictObject({ body: textSchema(POST_MAX_LENGTH) });
export type CreatePost = z.infer<typeof createPostSchema>;

/** Without `to`: everybody. */
export const createAnnouncementSchema = z.strictObject({
  text: textSchema(ANNOUNCEMENT_MAX_LENGTH),
  to: z.array(idSchema).min(1).optional(),
});
export type CreateAnnouncement = z.infer<typeof createAnnouncementSchema>;

/** `next` is the `before` of the following page; null on the last one. */
export interface PostsPage {
  posts: Post[];
  next: string | null;
}
export interface LikersPage {
  users: User[];
  next: string | null;
}
export interface InboxPage {
  epoch: string;
  items: Notification[];
  seq: number;
  unread: number;
  next: string | null;
}
export interface PublicConfig {
  demo: boolean;
  demoUsers: { username: string; name: string }[];
  version: string;
}
/** The body of every refused HTTP call, `application/problem+json`. */
export interface HttpProblem {
  status: number;
  title: string;
  code: string;
  detail: string;
  retryAfterMs?: number;
}
