import { z } from 'zod';
import { ANNOUNCEMENT_MAX_LENGTH, POST_MAX_LENGTH, PUSH_ENDPOINT_MAX_LENGTH } from './limits.ts';
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

/** Whom an announcement would reach; without `to`: everybody. */
export const audienceSchema = createAnnouncementSchema.pick({ to: true });
export interface Audience {
  recipients: number;
  /** Of those, connected right now. */
  online: number;
}

/** What has become of an announcement. */
export interface AnnouncementReport {
  id: string;
  text: string;
  createdAt: string;
  /** To everybody there was, rather than to chosen people. */
  toEverybody: boolean;
  recipients: number;
  /** Of those, how many have it in their inbox, and how many have read it. */
  delivered: number;
  read: number;
}
export interface AnnouncementsPage {
  announcements: AnnouncementReport[];
  next: string | null;
}

const pushKeySchema = z.base64url().min(1).max(256);

/** What a browser's `PushSubscription.toJSON()` says, as far as it is needed. */
export const pushSubscriptionSchema = z.object({
  endpoint: z.url().max(PUSH_ENDPOINT_MAX_LENGTH),
  keys: z.object({ p256dh: pushKeySchema, auth: pushKeySchema }),
});
export type PushSubscriptionData = z.infer<typeof pushSubscriptionSchema>;
export const endPushSchema = z.strictObject({ endpoint: z.string().max(PUSH_ENDPOINT_MAX_LENGTH) });

/** What a Web Push carries, encrypted for the browser. */
export interface PushMessage {
  notification: Notification;
  /** The number for the badge. */
  unread: number;
}

export interface UsersPage {
  users: User[];
  next: string | null;
}

/** `next` is the `before` of the following page; null on the last one. */
export interface PostsPage {
  posts: Post[];
  next: string | null;
}
export type LikersPage = UsersPage;
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
  requestId?: string;
}
