/** The truth that all screens must show: read from the database file, past the server. And much of it, made there. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

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

const DAY_MS = 24 * 60 * 60_000;

/** A UUID of version 7, as the server makes them; one per millisecond. */
function timeOrderedId(at: number) {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

export class Database {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  posts(): PostLikes[] {
    const posts = this.#all('SELECT id, body, like_count FROM post ORDER BY created_at DESC');
    const likes = this.#all(
      'SELECT post_id, username FROM likes JOIN user ON user.id = user_id WHERE liked = 1 ORDER BY username',
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
      'SELECT unread FROM inbox JOIN user ON user.id = user_id WHERE username = ?',
      username,
    );
    const [unread] = this.#all(
      `SELECT count(*) AS n FROM notification JOIN user ON user.id = recipient_id
       WHERE username = ? AND removed = 0 AND new_count > 0`,
      username,
    );
    return { counter: Number(inbox?.['unread'] ?? 0), notifications: Number(unread?.['n']) };
  }

  /** All words that anybody ever gave on any post, taken back or not. */
  likeRows(): LikeRow[] {
    return this.#all(
      'SELECT post_id, username, name, liked, rev FROM likes JOIN user ON user.id = user_id',
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
         SELECT group_concat(name, ',' ORDER BY likes.rev DESC) FROM likes JOIN user ON user.id = user_id
         WHERE likes.post_id = post.id AND liked = 1 AND user_id <> recipient_id) AS names
       FROM notification n JOIN user ON user.id = recipient_id JOIN post ON post.id = n.post_id
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
    this.#write((database) => {
      const insert = database.prepare(
        'INSERT INTO post (id, author_id, body, created_at) SELECT ?, id, ?, ? FROM user WHERE username = ?',
      );
      for (let i = 0; i < count; i += 1) {
        const at = Date.now() - DAY_MS - i * 1_000;
        insert.run(timeOrderedId(at), say(i), at, username);
      }
    });
  }

  /** Adds people who like a post, past the server: nobody is told. */
  addLikers(words: string, count: number) {
    const { id } = this.post(words);
    this.#write((database) => {
      const person = database.prepare(
        `INSERT INTO user (id, name, username, email, emailVerified, createdAt, updatedAt)
         VALUES (?1, ?1, ?1, ?1 || '@liker.invalid', 0, '2026-01-01', '2026-01-01')`,
      );
      const like = database.prepare('INSERT INTO likes (post_id, user_id, liked, rev) VALUES (?, ?, 1, ?)');
      for (let i = 1; i <= count; i += 1) {
        person.run(`liker${i}`);
        like.run(id, `liker${i}`, i);
      }
      database.prepare('UPDATE post SET like_count = ?1, rev = ?1 WHERE id = ?2').run(count, id);
    });
  }

  #write(work: (database: DatabaseSync) => void) {
    const database = new DatabaseSync(this.#file, { timeout: 2_000 });
    try {
      database.exec('BEGIN IMMEDIATE');
      work(database);
      database.exec('COMMIT');
    } finally {
      database.close();
    }
  }

  #all(query: string, ...values: SQLInputValue[]) {
    const database = new DatabaseSync(this.#file, { readOnly: true, timeout: 2_000 });
    try {
      return database.prepare(query).all(...values);
    } finally {
      database.close();
    }
  }
}
