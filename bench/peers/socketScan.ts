/** The naive relay: looks through all sockets for those of the author. */
import { startSocketServer } from './socketServer.ts';

startSocketServer((io, authorId, liked) => {
  for (const socket of io.sockets.sockets.values()) {
    if (socket.data.person.id === authorId) socket.emit('liked', liked);
  }
});
