import type { Counts } from '@live-likes/contract';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Tally } from '../metrics/tally.ts';
import type { Publish } from '../publish.ts';
import type { Store, Touched } from '../storage/store.ts';
import { emitAlike } from './engine.ts';
import type { LiveServer } from './liveServer.ts';
import { tellOfMore } from './more.ts';
import type { Presence } from './presence.ts';
import { createPace } from './pace.ts';
import { EVERYBODY, postRoom, userRoom } from './rooms.ts';
import { slices } from './slices.ts';
import { createThrottle } from './throttle.ts';

/** Some three frames of counts a second to one socket, so that with thousands of them a count is half a second old at most. */
const COUNTS_INTERVAL_MS = 350;
const WATCHERS_AT_ONCE = 100;

export interface PublisherDeps {
  io: LiveServer;
  store: Store;
  presence: Presence;
  clock: Clock;
  tally: Tally;
  log: Logger;
  /** The inbox of somebody who is not connected has changed. */
  onAbsent(touched: Touched): void;
}

/** To those who are connected here. */
export interface Publisher extends Publish {
  counts(changed: readonly Counts[]): void;
}

/** Pushes what was committed to those who are connected. */
export function createPublisher({
  io,
  store,
  presence,
  clock,
  tally,
  log,
  onAbsent,
}: PublisherDeps): Publisher {
  const counts = new Map<string, Counts>();
  let flushing = false;
  let isDue = false;
  const sendCounts = createThrottle(clock, COUNTS_INTERVAL_MS, () => void flushCounts());
  const inboxPace = createPace(clock, (userId, from) => void sendInbox(userId, from));

  async function sendInbox(userId: string, since: number) {
    try {
      const answer = await store.inboxSince(userId, { epoch: store.epoch, since });
      const room = io.to(userRoom(userId));
      room.emit('inbox:changed', answer.delta);
      tellOfMore(room, answer);
      tally.pushes.sent += 1;
    } catch (error) {
      tally.pushes.lost += 1;
      log.warn({ err: error }, 'a push was lost; the next head heals it');
    }
  }

  /** By socket, what it is to be told: one frame, however many of the posts that it watches changed. */
  function takeDue(): Map<string, Counts[]> {
    const { rooms } = io.of('/').adapter;
    const due = new Map<string, Counts[]>();
    for (const changed of counts.values()) {
      for (const socketId of rooms.get(postRoom(changed.postId)) ?? []) {
        const frame = due.get(socketId);
        if (frame) frame.push(changed);
        else due.set(socketId, [changed]);
      }
    }
    counts.clear();
    return due;
  }

  async function flushCounts() {
    isDue = true;
    // Where there are so many that a flush takes longer than the interval, the next one begins right after it.
    if (flushing) return;
    flushing = true;
    while (isDue) {
      isDue = false;
      await sendDue().catch((error: unknown) => log.warn({ err: error }, 'counts were lost'));
    }
    flushing = false;
  }

  async function sendDue() {
    const { sockets } = io.of('/');
    for await (const some of slices([...takeDue()], WATCHERS_AT_ONCE, clock)) {
      const alike = Map.groupBy(some, ([, frame]) => frame.map(({ postId }) => postId).join());
      for (const same of alike.values()) {
        const [[, frame] = ['', []]] = same;
        emitAlike(
          same.flatMap(([socketId]) => sockets.get(socketId) ?? []),
          'posts:changed',
          // By now there may be newer ones.
          frame.map((changed) => counts.get(changed.postId) ?? changed),
        );
      }
    }
  }

  return {
    inboxes(touched) {
      for (const inbox of touched) {
        if (presence.isOnline(inbox.userId)) {
          presence.pushed(inbox);
          inboxPace.push(inbox.userId, inbox.from);
        } else onAbsent(inbox);
      }
    },
    likes(changes) {
      const { rooms } = io.of('/').adapter;
      for (const { userId, state, exceptSocket } of changes) {
        const { postId, likeCount, rev } = state;
        keepNewest(counts, { postId, likeCount, rev });
        const socketIds = rooms.get(userRoom(userId));
        // Most people have one tab, and nothing is made for nobody.
        if (socketIds && (socketIds.size > 1 || !socketIds.has(exceptSocket ?? ''))) {
          io.to(userRoom(userId))
            .except(exceptSocket ?? [])
            .emit('like:changed', state);
        }
      }
      if (changes.length > 0) sendCounts.request();
    },
    counts(changed) {
      for (const count of changed) keepNewest(counts, count);
      if (changed.length > 0) sendCounts.request();
    },
    postCreated: (post) => void io.to(EVERYBODY).emit('post:created', { post }),
    postDeleted: (postId) => void io.to(EVERYBODY).emit('post:deleted', { postId }),
    settings: (userId, settings) => void io.to(userRoom(userId)).emit('settings:changed', settings),
  };
}

/** Of several nodes, one may hear late of what another has counted. */
export function keepNewest(counts: Map<string, Counts>, count: Counts) {
  if (count.rev >= (counts.get(count.postId)?.rev ?? 0)) counts.set(count.postId, count);
}
