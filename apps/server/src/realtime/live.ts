import { HEAD_INTERVAL_MS, type SessionEndReason } from '@live-likes/contract';
import type { Sessions } from '../auth/sessions.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import { markRead } from '../inbox/markRead.ts';
import { createLikeWriter } from '../likes/likeWriter.ts';
import { setLike } from '../likes/setLike.ts';
import type { Limiter } from '../limits/limiter.ts';
import type { Logger } from '../log.ts';
import { measured } from '../metrics/measured.ts';
import { createTally, type Tally } from '../metrics/tally.ts';
import type { Store, Touched } from '../storage/store.ts';
import type { Door } from './door.ts';
import { createDrain } from './drain.ts';
import { openGateway } from './gateway.ts';
import type { Handlers } from './handle.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { LiveServer } from './liveServer.ts';
import { tellOfMore } from './more.ts';
import { hearNodes, tellNodes } from './nodes.ts';
import { createPresence } from './presence.ts';
import { createPublisher } from './publisher.ts';
import { createUnderWay } from './underWay.ts';
import { watchPosts } from './watch.ts';

export interface LiveDeps {
  io: LiveServer;
  store: Store;
  door: Door;
  sessions: Sessions;
  limiter: Limiter;
  clock: Clock;
  log: Logger;
  /** Null: this node is the only one. */
  bus?: Bus | null;
  headIntervalMs?: number;
  /** Another node has ended, perhaps in the middle of something. */
  onNodeEnded?(): void;
  tally?: Tally;
  /**
   * For those who tell people otherwise: a changed inbox of somebody who does not see it here, and that somebody
   * came and sees all. Of several nodes, one hears both of a user.
   */
  onAbsent?(touched: Touched): void;
  onArrived?(userId: string): void;
}

const ignore = () => undefined;

/** Everything live: sockets in, likes written, pushes out. */
export function startLive({
  io,
  store,
  door,
  sessions,
  limiter,
  clock,
  log,
  bus = null,
  headIntervalMs = HEAD_INTERVAL_MS,
  tally = createTally(),
  onNodeEnded = ignore,
  onAbsent,
  onArrived = ignore,
}: LiveDeps) {
  const tellKeeper = onAbsent && bus?.tellKeeper;
  const absent = (touched: readonly Touched[]) => tellKeeper?.({ kind: 'absent', touched });
  const presence = createPresence({
    io,
    clock,
    bus,
    onArrived: bus ? (userId) => tellKeeper?.({ kind: 'arrived', userId }) : onArrived,
    onMissed: bus ? (missed) => absent([missed]) : (onAbsent ?? ignore),
  });
  const publisher = createPublisher({ io, store, presence, clock, tally, log, onAbsent: onAbsent ?? ignore });
  const others = bus && tellNodes({ bus, publisher, presence, clock });
  const publish = others ?? publisher;
  const likeWriter = createLikeWriter(measured(store, tally), publish, clock);
  const drain = createDrain(io, clock);

  const handlers: Handlers = {
    'like:set': ({ postId, liked, op }, socket) =>
      setLike(likeWriter, { userId: socket.data.login.user.id, postId, liked, op }, socket.id),
    async 'inbox:since'(cursor, socket) {
      const answer = await store.inboxSince(socket.data.login.user.id, cursor);
      tellOfMore(socket, answer);
      return answer.delta;
    },
    'inbox:read': (what, socket) => markRead(store, publish, socket.data.login.user.id, what),
    'posts:watch': ({ postIds }, socket) => watchPosts(store, socket, postIds),
  };
  const underWay = createUnderWay();
  const { endSession } = openGateway({
    io,
    door,
    sessions,
    limiter,
    store,
    presence,
    handlers,
    underWay,
    drain,
    clock,
    tally,
    log,
  });
  const heartbeat = startHeartbeat({
    io,
    store,
    presence,
    sessions,
    endSession,
    clock,
    log,
    intervalMs: headIntervalMs,
  });
  bus?.listen(
    hearNodes({
      io,
      store,
      publisher,
      presence,
      clock,
      log,
      endSession,
      absent: onAbsent ? absent : null,
      beat: heartbeat.soon,
      onAbsent: onAbsent ?? ignore,
      onArrived,
      onNodeEnded,
    }),
  );

  return {
    publish,
    likeWriter,
    presence,
    /** Here and at all other nodes. */
    endSession(sessionId: string, reason: SessionEndReason) {
      endSession(sessionId, reason);
      bus?.tellAll({ kind: 'ended', sessionId, reason });
    },
    /** Of a session that the other nodes find ended themselves. */
    endSessionHere: endSession,
    isDraining: drain.isUnderWay,
    /** Sends every client away in good order: answers what they have asked for, then cuts them. */
    async close() {
      heartbeat.close();
      await drain.run(underWay.none);
      others?.flush();
      presence.close();
    },
  };
}
