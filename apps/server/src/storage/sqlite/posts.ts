import type { DatabaseSync } from 'node:sqlite';
import type { Counts, Post, PostsPage, User } from '@live-likes/contract';
import { v7 as newId } from 'uuid';
import type { PageRequest, Store, Touched } from '../store.ts';
import { guarded, transaction } from './connection.ts';
import type { History } from './history.ts';
import { userJson } from './rows.ts';

interface PostColumns {
  id: string;
  author: string;
  body: string;
  created_at: number;
  like_count: number;
  liked: number;
  rev: number;
}

const SELECT_POSTS = `
  SELECT p.id, ${userJson('u')} AS author, p.body, p.created_at, p.like_count, coalesce(l.liked, 0) AS liked, p.rev
  FROM post p JOIN user u ON u.id = p.author_id LEFT JOIN likes l ON l.post_id = p.id AND l.user_id = ?`;

type PostStore = Pick<
  Store,
  'createPost' | 'post' | 'posts' | 'postsBy' | 'deletePost' | 'likers' | 'counts'
>;

/** Post ids are UUIDs of version 7, which sort by the time of creation: the feed is ordered by id. */
export function postStore(db: DatabaseSync, history: History): PostStore {
  const insert = db.prepare('INSERT INTO post (id, author_id, body, created_at) VALUES (?, ?, ?, ?)');
  const one = db.prepare(`${SELECT_POSTS} WHERE p.id = ?`);
  const page = db.prepare(`${SELECT_POSTS} WHERE p.id < ? ORDER BY p.id DESC LIMIT ?`);
  const pageBy = db.prepare(`${SELECT_POSTS} WHERE p.author_id = ? AND p.id < ? ORDER BY p.id DESC LIMIT ?`);
  const counts = db.prepare(`
    SELECT id AS postId, like_count AS likeCount, rev FROM post WHERE id IN (SELECT value FROM json_each(?))`);
  const likers = db.prepare(`
    SELECT ${userJson('u')} AS liker, l.rev FROM likes l JOIN user u ON u.id = l.user_id
    WHERE l.post_id = ? AND l.liked = 1 AND l.rev < ? ORDER BY l.rev DESC LIMIT ?`);
  const exists = db.prepare('SELECT 1 FROM post WHERE id = ?');
  const remove = ['post WHERE id', 'likes WHERE post_id'].map((rows) =>
    db.prepare(`DELETE FROM ${rows} = ?`),
  );
  const notification = db.prepare(`
    SELECT n.id, n.recipient_id, n.new_count, i.seq FROM notification n JOIN inbox i ON i.user_id = n.recipient_id
    WHERE n.post_id = ? AND n.removed = 0`);
  const retract = db.prepare(
    'UPDATE notification SET seq = ?, count = 0, new_count = 0, removed = 1 WHERE id = ?',
  );
  const advance = db.prepare('UPDATE inbox SET seq = ?, unread = unread - ? WHERE user_id = ?');

  function readPost(id: string, asker: string): Post | null {
    const row = one.get(asker, id) as PostColumns | undefined;
    return row ? toPost(row) : null;
  }

  function retractNotification(postId: string): Touched[] {
    const row = notification.get(postId) as
      { id: string; recipient_id: string; new_count: number; seq: number } | undefined;
    if (!row) return [];
    retract.run(row.seq + 1, row.id);
    advance.run(row.seq + 1, Number(row.new_count > 0), row.recipient_id);
    return [{ userId: row.recipient_id, from: row.seq }];
  }

  return {
    createPost: ({ authorId, body, createdAt }) =>
      guarded(() =>
        transaction(db, 'write', () => {
          const id = createdAt ? newId({ msecs: createdAt.getTime() }) : newId();
          insert.run(id, authorId, body, createdAt?.getTime() ?? Date.now());
          return readPost(id, authorId) as Post;
        }),
      ),

    post: (id, asker) => guarded(() => readPost(id, asker)),

    posts: (asker, { before = '~', limit }: PageRequest) =>
      guarded(() => toPage(page.all(asker, before, limit + 1), limit)),

    postsBy: (authorId, asker, { before = '~', limit }) =>
      guarded(() => toPage(pageBy.all(asker, authorId, before, limit + 1), limit)),

    deletePost: (id) =>
      guarded(() => {
        const { touched, commits } = transaction(db, 'write', () => {
          const retracted = retractNotification(id);
          for (const statement of remove) statement.run(id);
          return { touched: retracted, commits: history.count() };
        });
        history.mark(commits);
        return touched;
      }),

    likers: (postId, { before, limit }) =>
      guarded(() =>
        transaction(db, 'read', () => {
          if (!exists.get(postId)) return null;
          const olderThan = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before) || 0;
          const rows = likers.all(postId, olderThan, limit + 1) as { liker: string; rev: number }[];
          const shown = rows.slice(0, limit);
          return {
            users: shown.map((row) => JSON.parse(row.liker) as User),
            next: rows.length > limit ? String(shown.at(-1)?.rev) : null,
          };
        }),
      ),

    counts: (postIds) => guarded(() => counts.all(JSON.stringify(postIds)) as unknown as Counts[]),
  };
}

/** @param rows one more than `limit`, where there are that many */
function toPage(rows: unknown[], limit: number): PostsPage {
  const posts = (rows as PostColumns[]).slice(0, limit).map(toPost);
  return { posts, next: rows.length > limit ? (posts.at(-1)?.id ?? null) : null };
}

function toPost(row: PostColumns): Post {
  return {
    id: row.id,
    author: JSON.parse(row.author) as User,
    body: row.body,
    createdAt: new Date(row.created_at).toISOString(),
    likeCount: row.like_count,
    liked: row.liked === 1,
    rev: row.rev,
  };
}
