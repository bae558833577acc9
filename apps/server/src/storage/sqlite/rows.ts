import type { DatabaseSync } from 'node:sqlite';
import type { Notification, User } from '@live-likes/contract';
import { toExcerpt } from '../excerpt.ts';

/** A user as JSON, for `${alias}`: the parts that anybody may see. */
export const userJson = (alias: string) =>
  `json_object('id', ${alias}.id, 'username', coalesce(${alias}.username, ''), 'name', ${alias}.name, 'image', ${alias}.image)`;

/** The columns that a notification is read from, of `notification n LEFT JOIN post p LEFT JOIN announcement a`. */
export const NOTIFICATION_COLUMNS = `
  n.id, n.recipient_id, n.seq, n.kind, n.post_id, p.body, p.muted, a.text, n.count, n.new_count, n.updated_at, n.removed
  FROM notification n
  LEFT JOIN post p ON p.id = n.post_id
  LEFT JOIN announcement a ON a.id = n.announcement_id`;

export interface NotificationColumns {
  id: string;
  recipient_id: string;
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
}

type ActorColumns = [id: string, username: string, name: string, image: string | null];

/**
 * Makes notifications of their rows, within the transaction that read these. The actors come from a statement of
 * their own, as arrays: as JSON in a column they cost twice as much.
 */
export function notificationReader(db: DatabaseSync): (row: NotificationColumns) => Notification {
  const actors = db.prepare(`
    SELECT u.id, coalesce(u.username, ''), u.name, u.image FROM likes l JOIN user u ON u.id = l.user_id
    WHERE l.post_id = ? AND l.liked = 1 AND l.user_id <> ?
    ORDER BY l.rev DESC LIMIT 3`);
  actors.setReturnArrays(true);

  function actorsOf({ post_id: postId, recipient_id: recipientId }: NotificationColumns): User[] {
    if (postId === null) return [];
    const rows = actors.all(postId, recipientId) as unknown as ActorColumns[];
    return rows.map(([id, username, name, image]) => ({ id, username, name, image }));
  }

  return (row) => ({
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    post: toPostPart(row),
    text: row.text,
    actors: actorsOf(row),
    count: row.count,
    newCount: row.new_count,
    updatedAt: new Date(row.updated_at).toISOString(),
    removed: row.removed === 1,
  });
}

function toPostPart({ post_id: id, body, muted }: NotificationColumns): Notification['post'] {
  if (id === null || body === null) return null;
  return { id, excerpt: toExcerpt(body), ...(muted === 1 && { muted: true }) };
}
