import type { Notification, User } from '@live-likes/contract';

const EXCERPT_LENGTH = 120;
const UNEVEN_SPACE = /\s\s|[^\S ]/;

/** A user as JSON, for `${alias}`: the parts that anybody may see. */
export const userJson = (alias: string) =>
  `json_object('id', ${alias}.id, 'username', coalesce(${alias}.username, ''), 'name', ${alias}.name, 'image', ${alias}.image)`;

/** The columns that `toNotification` needs, of `notification n LEFT JOIN post p LEFT JOIN announcement a`. */
export const NOTIFICATION_COLUMNS = `
  n.id, n.seq, n.kind, n.post_id, p.body, p.muted, a.text, n.count, n.new_count, n.updated_at, n.removed,
  (SELECT json_group_array(json(actor)) FROM (
    SELECT ${userJson('u')} AS actor FROM likes l JOIN user u ON u.id = l.user_id
    WHERE l.post_id = n.post_id AND l.liked = 1 AND l.user_id <> n.recipient_id
    ORDER BY l.rev DESC LIMIT 3)) AS actors
  FROM notification n
  LEFT JOIN post p ON p.id = n.post_id
  LEFT JOIN announcement a ON a.id = n.announcement_id`;

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
  actors: string;
}

export function toNotification(row: NotificationColumns): Notification {
  return {
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    post: toPostPart(row),
    text: row.text,
    actors: JSON.parse(row.actors) as User[],
    count: row.count,
    newCount: row.new_count,
    updatedAt: new Date(row.updated_at).toISOString(),
    removed: row.removed === 1,
  };
}

function toPostPart({ post_id: id, body, muted }: NotificationColumns): Notification['post'] {
  if (id === null || body === null) return null;
  return { id, excerpt: excerpt(body), ...(muted === 1 && { muted: true }) };
}

function excerpt(body: string): string {
  const line = UNEVEN_SPACE.test(body) ? body.replaceAll(/\s+/g, ' ') : body;
  // Most are short, and no text has more letters than code units.
  if (line.length <= EXCERPT_LENGTH) return line;
  const letters = Array.from(line);
  if (letters.length <= EXCERPT_LENGTH) return line;
  return `${letters
    .slice(0, EXCERPT_LENGTH - 1)
    .join('')
    .trimEnd()}…`;
}
