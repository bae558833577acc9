/** The truth that all screens must show: read from the database file, past the server. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

export interface PostLikes {
  body: string;
  /** The counter. */
  likeCount: number;
  /** What the counter must say: the rows. */
  likes: number;
  likedBy: string[];
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
    const rows = this.#notifications(username).filter((row) => Number(row['new_count']) > 0);
    return { counter: Number(inbox?.['unread'] ?? 0), notifications: rows.length };
  }

  #notifications(username: string) {
    return this.#all(
      `SELECT new_count FROM notification JOIN user ON user.id = recipient_id
       WHERE username = ? AND removed = 0`,
      username,
    );
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
