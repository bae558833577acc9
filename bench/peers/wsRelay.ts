/** The barest relay: `ws` and a map from users to their sockets, which stores nothing. */
import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { WorldPerson } from '../world.ts';
import { type Liked, parseLike } from './like.ts';
import { listen } from './listen.ts';
import { authorOf, personOf } from './login.ts';

const sockets = new Map<string, Set<WebSocket>>();
const httpServer = createServer();
const server = new WebSocketServer({ server: httpServer, perMessageDeflate: false });

server.on('connection', (socket, request) => {
  const person = personOf(request);
  if (!person) return socket.close();
  const own = sockets.get(person.id) ?? new Set();
  sockets.set(person.id, own.add(socket));
  socket.on('close', () => own.delete(socket));
  socket.on('message', (data) => answer(socket, person, (data as Buffer).toString()));
  socket.send('ready');
});

function answer(socket: WebSocket, person: WorldPerson, text: string) {
  const { id, payload } = JSON.parse(text) as { id: number; payload: unknown };
  const like = parseLike(payload);
  const authorId = like && authorOf(like.postId);
  if (!authorId) return socket.send(JSON.stringify({ ack: id, answer: { ok: false } }));
  const { postId, liked } = like;
  const news: Liked = { postId, liked, actor: { id: person.id, name: person.name } };
  const push = JSON.stringify({ event: 'liked', data: news });
  for (const reader of sockets.get(authorId) ?? []) reader.send(push);
  socket.send(JSON.stringify({ ack: id, answer: { ok: true, data: { postId, liked } } }));
}

listen(httpServer);
