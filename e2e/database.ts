/** The truth that all screens must show: read from the database, past the server. And much of it, made there. */
import type { DatabaseAccess, Row, Statement, Value } from './databaseAccess.ts';

export interface PostLikes {
  id: string;
  body: string;
  /** The counter. */
  likeCount: number;
  /** What the counter must say: the rows. */
  likes: number;
  likedBy: string[];
}

/** One person's word on one post; `rev` grows with every change of the post's likes. */
export interface LikeRow {
  postId: string;
  username: string;
  name: string;
  liked: boolean;
  rev: number;
}

export interface NotificationRow {
  postId: string;
  body: string;
  /** Who likes the post, the newest first. */
  names: string[];
  /** How many of them are news to the reader. */
  newCount: number;
}

const ADD_PERSON = `INSERT INTO "user" (id, name, username, email, "emailVerified", "createdAt", "updatedAt")
  VALUES (?, ?, ?, ?, false, '2026-01-01', '2026-01-01')`;
const DAY_MS = 24 * 60 * 60_000;

/** A UUID of version 7, as the server makes them; one per millisecond. */
function timeOrderedId(at: number) {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

export class Database {
  readonly #access: DatabaseAccess;

  constructor(access: DatabaseAccess) {
    this.#access = access;
  }

  posts(): PostLikes[] {
    const posts = this.#all('SELECT id, body, like_count FROM post ORDER BY created_at DESC');
    const likes = this.#all(
      'SELECT post_id, username FROM likes JOIN "user" ON "user".id = user_id WHERE liked = 1 ORDER BY username',
    );
    return posts.map((post) => {
      const likedBy = likes
        .filter((like) => like['post_id'] === post['id'])
        .map((like) => String(like['username']));
      return {
        id: String(post['id']),
        body: String(post['body']),
        likeCount: Number(post['like_count']),
        likes: likedBy.length,
        likedBy,
      };
    });
  }

  /** The post that contains these words. */
  post(words: string): PostLikes {
    const found = this.posts().filter((post) => post.body.includes(words));
    if (found.length !== 1 || !found[0]) throw new Error(`${found.length} posts contain "${words}"`);
    return found[0];
  }

  /** The counter of unread notifications, and what it must say. */
  unread(username: string): { counter: number; notifications: number } {
    const [inbox] = this.#all(
      'SELECT unread FROM inbox JOIN "user" ON "user".id = user_id WHERE username = ?',
      username,
    );
    const [unread] = this.#all(
      `SELECT count(*) AS n FROM notification JOIN "user" ON "user".id = recipient_id
       WHERE username = ? AND removed = 0 AND new_count > 0`,
      username,
    );
    return { counter: Number(inbox?.['unread'] ?? 0), notifications: Number(unread?.['n']) };
  }

  /** All words that anybody ever gave on any post, taken back or not. */
  likeRows(): LikeRow[] {
    return this.#all(
      'SELECT post_id, username, name, liked, rev FROM likes JOIN "user" ON "user".id = user_id',
    ).map((row) => ({
      postId: String(row['post_id']),
      username: String(row['username']),
      name: String(row['name']),
      liked: row['liked'] === 1,
      rev: Number(row['rev']),
    }));
  }

  /** What a person is told of likes, newest first. */
  likeNotifications(username: string): NotificationRow[] {
    return this.#all(
      `SELECT post.id, post.body, new_count, (
         SELECT string_agg(name, ',' ORDER BY likes.rev DESC) FROM likes JOIN "user" ON "user".id = user_id
         WHERE likes.post_id = post.id AND liked = 1 AND user_id <> recipient_id) AS names
       FROM notification n JOIN "user" ON "user".id = recipient_id JOIN post ON post.id = n.post_id
       WHERE username = ? AND removed = 0 ORDER BY n.updated_at DESC, n.id DESC`,
      username,
    ).map((row) => ({
      postId: String(row['id']),
      body: String(row['body']),
      names: String(row['names']).split(','),
      newCount: Number(row['new_count']),
    }));
  }

  /** Adds posts past the server, older than the demo's: `say(0)` is the newest. Thousands take a moment only. */
  addPosts(username: string, count: number, say: (index: number) => string) {
    this.#access.write(
      Array.from({ length: count }, (_, i): Statement => {
        const at = Date.now() - DAY_MS - i * 1_000;
        return [
          'INSERT INTO post (id, author_id, body, created_at) SELECT ?, id, ?, ? FROM "user" WHERE username = ?',
          timeOrderedId(at),
          say(i),
          at,
          username,
        ];
      }),
    );
  }

  /** Adds people who like a post, past the server: nobody is told. */
  addLikers(words: string, count: number) {
    const { id } = this.post(words);
    const likers = Array.from({ length: count }, (_, i) => `liker${i + 1}`);
    this.#access.write([
      ...likers.map((liker): Statement => [ADD_PERSON, liker, liker, liker, `${liker}@liker.invalid`]),
      ...likers.map((liker, i): Statement => [
        'INSERT INTO likes (post_id, user_id, liked, rev) VALUES (?, ?, 1, ?)',
        id,
        liker,
        i + 1,
      ]),
      ['UPDATE post SET like_count = ?, rev = ? WHERE id = ?', count, count, id],
    ]);
  }

  #all(query: string, ...values: Value[]): Row[] {
    return this.#access.all(query, ...values);
  }
}
