import { DatabaseSync } from 'node:sqlite';
import { rowsOf } from '@live-likes/services/postgres';

export interface StoredNotification {
  id: string;
  recipientId: string;
  seq: number;
  updatedAt: string;
  count: number;
  newCount: number;
  actors: string[];
}

/** What the database says. */
export interface Stored {
  epoch: string;
  posts: Map<string, { likeCount: number; rows: number }>;
  /** `post user` of every like that counts. */
  likes: Set<string>;
  inboxes: Map<string, { seq: number; unread: number }>;
  /** Those that are not removed, newest first. */
  notifications: StoredNotification[];
  /** Where the database contradicts itself. */
  contradictions: string[];
}

const ACTORS = 3;

type Ask = (query: string) => object[];

/** Reads the database file past the server. */
export function readStored(path: string): Stored {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    db.exec('BEGIN');
    return read((query) => db.prepare(query).all());
  } finally {
    db.close();
  }
}

/** Reads a PostgreSQL past the servers. Not one snapshot: it holds when all of them rest. */
export const readStoredAt = (url: string): Stored => read((query) => rowsOf(url, query));

export function integrityOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return String(db.prepare('PRAGMA integrity_check').get()?.['integrity_check']);
  } finally {
    db.close();
  }
}

function read(ask: Ask): Stored {
  const all = <Row>(query: string) => ask(query) as Row[];
  const likes = all<{ post: string; user: string; author: string; news: number }>(`
    SELECT l.post_id AS post, l.user_id AS user, p.author_id AS author, CASE WHEN l.alert_seq > n.read_seq THEN 1 ELSE 0 END AS news
    FROM likes l JOIN post p ON p.id = l.post_id LEFT JOIN notification n ON n.post_id = l.post_id
    WHERE l.liked = 1 ORDER BY l.rev DESC`);
  const rowsByPost = Map.groupBy(likes, ({ post }) => post);
  const contradictions: string[] = [];
  const posts = new Map<string, { likeCount: number; rows: number }>();
  for (const { id, likeCount } of all<{ id: string; likeCount: number }>(
    'SELECT id, like_count AS "likeCount" FROM post',
  )) {
    const rows = rowsByPost.get(id)?.length ?? 0;
    posts.set(id, { likeCount, rows });
    if (rows !== likeCount) contradictions.push(`post ${id} counts ${likeCount} likes and has ${rows}`);
  }
  const notifications: StoredNotification[] = [];
  const unread = new Map<string, number>();
  for (const row of all<NotificationRow>(`
    SELECT id, recipient_id AS "recipientId", post_id AS post, seq, updated_at AS "updatedAt", count, new_count AS "newCount"
    FROM notification WHERE removed = 0 ORDER BY updated_at DESC`)) {
    const { post, updatedAt, ...rest } = row;
    const others = (rowsByPost.get(post) ?? []).filter(({ user, author }) => user !== author);
    const news = others.filter((like) => like.news === 1).length;
    const actors = others.slice(0, ACTORS).map(({ user }) => user);
    notifications.push({ ...rest, updatedAt: new Date(updatedAt).toISOString(), actors });
    if (row.newCount > 0) unread.set(row.recipientId, (unread.get(row.recipientId) ?? 0) + 1);
    if (row.count !== others.length)
      contradictions.push(`notification ${row.id} counts ${row.count} likes of ${others.length}`);
    if (row.newCount !== news)
      contradictions.push(`notification ${row.id} counts ${row.newCount} new likes of ${news}`);
  }
  const inboxes = new Map<string, { seq: number; unread: number }>();
  for (const { user, ...head } of all<{ user: string; seq: number; unread: number }>(
    'SELECT user_id AS user, seq, unread FROM inbox',
  )) {
    inboxes.set(user, head);
    const rows = unread.get(user) ?? 0;
    if (head.unread !== rows)
      contradictions.push(`the inbox of ${user} has ${head.unread} unread, its rows say ${rows}`);
  }
  const [{ epoch } = { epoch: '' }] = all<{ epoch: string }>('SELECT epoch FROM history');
  const likeKeys = new Set(likes.map(({ post, user }) => `${post} ${user}`));
  return { epoch, posts, likes: likeKeys, inboxes, notifications, contradictions };
}

interface NotificationRow {
  id: string;
  recipientId: string;
  post: string;
  seq: number;
  updatedAt: number;
  count: number;
  newCount: number;
}

/** People who never log in, put into the file while no server runs on it. */
export function addUsers(path: string, count: number): string[] {
  const db = new DatabaseSync(path);
  const insert = db.prepare(`
    INSERT INTO user (id, name, email, emailVerified, username, createdAt, updatedAt) VALUES (?, ?, ?, 0, ?, ?, ?)`);
  const now = new Date().toISOString();
  const ids = Array.from({ length: count }, (_, i) => `person-${i}`);
  db.exec('BEGIN');
  for (const id of ids) insert.run(id, id, `${id}@example.com`, id, now, now);
  db.exec('COMMIT');
  db.close();
  return ids;
}
