/** The yardstick: a plain Socket.IO relay with a room per user, which stores nothing. */
import { startSocketServer } from './socketServer.ts';

startSocketServer((io, authorId, liked) => io.to(authorId).emit('liked', liked));
