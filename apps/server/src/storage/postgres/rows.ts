import type { Notification, User } from '@live-likes/contract';
import { toExcerpt } from '../excerpt.ts';

/** A user as JSON, for `${alias}`: the parts that anybody may see. */
export const userJson = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'username', coalesce(${alias}.username, ''), 'name', ${alias}.name, 'image', ${alias}.image)`;

/** What a notification `n` is made of, with its post `p`, its announcement `a` and its actors `who`. */
export const NOTIFICATION_COLUMNS = `
  n.id, n.recipient_id, n.seq, n.kind, n.post_id, p.body, p.muted, a.text, n.count, n.new_count, n.updated_at, n.removed,
  who.actors`;

export const NOTIFICATION_PARTS = `
  LEFT JOIN post p ON p.id = n.post_id
  LEFT JOIN announcement a ON a.id = n.announcement_id
  LEFT JOIN LATERAL (
    SELECT json_agg(${userJson('u')} ORDER BY l.rev DESC) AS actors FROM (
      SELECT l.user_id, l.rev FROM likes l
      WHERE l.post_id = n.post_id AND l.liked = 1 AND l.user_id <> n.recipient_id
      ORDER BY l.rev DESC LIMIT 3) l
    JOIN "user" u ON u.id = l.user_id) who ON n.post_id IS NOT NULL`;

export interface NotificationColumns {
  id: string;
  seq: number;
  kind: 'like' | 'announcement';
  post_id: string | null;
  body: string | null;
  muted: number | null;
  text: string | null;
  count: number;
  new_count: number;
  updated_at: number;
  removed: number;
  actors: User[] | null;
}

export const toNotification = (row: NotificationColumns): Notification => ({
  id: row.id,
  seq: row.seq,
  kind: row.kind,
  post: toPostPart(row),
  text: row.text,
  actors: row.actors ?? [],
  count: row.count,
  newCount: row.new_count,
  updatedAt: new Date(row.updated_at).toISOString(),
  removed: row.removed === 1,
});

function toPostPart({ post_id: id, body, muted }: NotificationColumns): Notification['post'] {
  if (id === null || body === null) return null;
  return { id, excerpt: toExcerpt(body), ...(muted === 1 && { muted: true }) };
}
