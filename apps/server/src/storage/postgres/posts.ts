import type { Counts, Post, PostsPage, User } from '@live-likes/contract';
import { v7 as newId } from 'uuid';
import type { Store, Touched } from '../store.ts';
import type { Database, Statement } from './connection.ts';
import { lockAuthor } from './locks.ts';
import { userJson } from './rows.ts';

interface PostColumns {
  id: string;
  author: User;
  body: string;
  created_at: number;
  like_count: number;
  liked: number;
  rev: number;
}

const selectPosts = (posts: string) => `
  SELECT p.id, ${userJson('u')} AS author, p.body, p.created_at, p.like_count, p.rev,
    coalesce((SELECT liked FROM likes WHERE post_id = p.id AND user_id = $1), 0) AS liked
  FROM ${posts} p JOIN "user" u ON u.id = p.author_id`;

const insert: Statement = {
  name: 'insert_post',
  text: `
    WITH made AS (INSERT INTO post (id, author_id, body, created_at) VALUES ($2, $1, $3, $4) RETURNING *)
    ${selectPosts('made')}`,
};
const one: Statement = { name: 'post', text: `${selectPosts('post')} WHERE p.id = $2` };
const page: Statement = {
  name: 'posts',
  text: `${selectPosts('post')} WHERE p.id < $2 ORDER BY p.id DESC LIMIT $3`,
};
const pageBy: Statement = {
  name: 'posts_by',
  text: `${selectPosts('post')} WHERE p.id < $2 AND p.author_id = $4 ORDER BY p.id DESC LIMIT $3`,
};
const counts: Statement = {
  name: 'counts',
  text: 'SELECT id AS "postId", like_count AS "likeCount", rev FROM post WHERE id = ANY ($1)',
};
/** One row at least where there is the post; without a liker its columns are null. */
const likers: Statement = {
  name: 'likers',
  text: `
    SELECT liker.* FROM post p LEFT JOIN LATERAL (
      SELECT ${userJson('u')} AS person, l.rev FROM likes l JOIN "user" u ON u.id = l.user_id
      WHERE l.post_id = p.id AND l.liked = 1 AND l.rev < $2 ORDER BY l.rev DESC LIMIT $3) liker ON true
    WHERE p.id = $1 ORDER BY liker.rev DESC`,
};
/** The inbox of the author is locked; `seq` is what it was. */
const remove: Statement = {
  name: 'remove_post',
  text: `
    WITH posts AS (DELETE FROM post WHERE id = $1),
    gone AS (DELETE FROM likes WHERE post_id = $1),
    retracted AS (
      UPDATE notification n SET seq = i.seq + 1, count = 0, new_count = 0, removed = 1
      FROM inbox i, notification before
      WHERE n.post_id = $1 AND n.removed = 0 AND i.user_id = n.recipient_id AND before.id = n.id
      RETURNING n.recipient_id, i.seq, before.new_count)
    UPDATE inbox i SET seq = retracted.seq + 1, unread = i.unread - (retracted.new_count > 0)::int
    FROM retracted WHERE i.user_id = retracted.recipient_id
    RETURNING i.user_id AS "userId", retracted.seq AS "from"`,
};

type PostStore = Pick<
  Store,
  'createPost' | 'post' | 'posts' | 'postsBy' | 'deletePost' | 'likers' | 'counts'
>;

/** Post ids are UUIDs of version 7, which sort by the time of creation: the feed is ordered by id. */
export function postStore(db: Database): PostStore {
  return {
    async createPost({ authorId, body, createdAt }) {
      const id = createdAt ? newId({ msecs: createdAt.getTime() }) : newId();
      const values = [authorId, id, body, createdAt?.getTime() ?? Date.now()];
      const [row] = await db.rows<PostColumns>(insert, values);
      return toPost(row as PostColumns);
    },

    async post(id, asker) {
      const [row] = await db.rows<PostColumns>(one, [asker, id]);
      return row ? toPost(row) : null;
    },

    posts: async (asker, { before = '~', limit }) =>
      toPage(await db.rows(page, [asker, before, limit + 1]), limit),

    postsBy: async (authorId, asker, { before = '~', limit }) =>
      toPage(await db.rows(pageBy, [asker, before, limit + 1, authorId]), limit),

    deletePost: (id) =>
      db.transaction(async (tx) => {
        const [, touched] = await Promise.all([tx.rows(lockAuthor, [id]), tx.rows<Touched>(remove, [id])]);
        return touched;
      }),

    async likers(postId, { before, limit }) {
      const olderThan = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before) || 0;
      const rows = await db.rows<{ person: User | null; rev: number }>(likers, [
        postId,
        olderThan,
        limit + 1,
      ]);
      if (rows.length === 0) return null;
      const shown = rows.slice(0, limit);
      return {
        users: shown.flatMap(({ person }) => person ?? []),
        next: rows.length > limit ? String(shown.at(-1)?.rev) : null,
      };
    },

    counts: (postIds) => db.rows<Counts>(counts, [postIds]),
  };
}

/** @param rows one more than `limit`, where there are that many */
function toPage(rows: PostColumns[], limit: number): PostsPage {
  const posts = rows.slice(0, limit).map(toPost);
  return { posts, next: rows.length > limit ? (posts.at(-1)?.id ?? null) : null };
}

function toPost(row: PostColumns): Post {
  return {
    id: row.id,
    author: row.author,
    body: row.body,
    createdAt: new Date(row.created_at).toISOString(),
    likeCount: row.like_count,
    liked: row.liked === 1,
    rev: row.rev,
  };
}
