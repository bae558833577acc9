/** The Socket.IO peers: a login at the handshake, a room per user, an acknowledgement per like. */
import { createServer } from 'node:http';
import { type DefaultEventsMap, Server } from 'socket.io';
import type { WorldPerson } from '../world.ts';
import { type Answer, type Like, type Liked, parseLike } from './like.ts';
import { listen } from './listen.ts';
import { authorOf, personOf } from './login.ts';

interface Incoming {
  'like:set': (payload: unknown, ack: (answer: Answer) => void) => void;
}
interface Outgoing {
  liked: (liked: Liked) => void;
}
export type PeerServer = Server<Incoming, Outgoing, DefaultEventsMap, { person: WorldPerson }>;

/** @param tell hands a like on to the author of its post */
export function startSocketServer(
  tell: (io: PeerServer, authorId: string, liked: Liked, like: Like, person: WorldPerson) => void,
) {
  const httpServer = createServer();
  const io: PeerServer = new Server(httpServer, { serveClient: false });
  io.use((socket, next) => {
    const person = personOf(socket.request);
    if (person) socket.data.person = person;
    next(person ? undefined : new Error('UNAUTHENTICATED'));
  });
  io.on('connection', (socket) => {
    const { person } = socket.data;
    void socket.join(person.id);
    socket.on('like:set', (payload, ack) => {
      const like = parseLike(payload);
      const authorId = like && authorOf(like.postId);
      if (!authorId) return ack({ ok: false });
      const { postId, liked } = like;
      tell(io, authorId, { postId, liked, actor: { id: person.id, name: person.name } }, like, person);
      ack({ ok: true, data: { postId, liked } });
    });
  });
  listen(httpServer);
}
