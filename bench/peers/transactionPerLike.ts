/** The naive way to durable likes: Socket.IO rooms, and a SQLite transaction of its own for every like. */
import { DatabaseSync } from 'node:sqlite';
import { startSocketServer } from './socketServer.ts';

const db = new DatabaseSync(process.env['DATABASE_URL'] ?? '');
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
const before = db.prepare('SELECT liked FROM likes WHERE post_id = ? AND user_id = ?');
const write = db.prepare(`
  INSERT INTO likes (post_id, user_id, liked, rev) VALUES (?, ?, ?, 0)
  ON CONFLICT DO UPDATE SET liked = excluded.liked`);
const count = db.prepare('UPDATE post SET like_count = like_count + ? WHERE id = ?');

startSocketServer((io, authorId, liked, { postId }, { id: userId }) => {
  db.exec('BEGIN IMMEDIATE');
  const was = before.get(postId, userId)?.['liked'] === 1;
  write.run(postId, userId, Number(liked.liked));
  if (was !== liked.liked) count.run(liked.liked ? 1 : -1, postId);
  db.exec('COMMIT');
  io.to(authorId).emit('liked', liked);
});
