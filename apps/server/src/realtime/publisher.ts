import type { Counts } from '@live-likes/contract';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Publish } from '../publish.ts';
import type { Store, Touched } from '../storage/store.ts';
import type { LiveServer } from './liveServer.ts';
import { tellOfMore } from './more.ts';
import type { Presence } from './presence.ts';
import { EVERYBODY, postRoom, userRoom } from './rooms.ts';
import { createThrottle } from './throttle.ts';

/** At most 20 pushes a second to one inbox, the newest state always the last one. */
const INBOX_INTERVAL_MS = 50;
/** At most 8 frames of counts a second to one socket. */
const COUNTS_INTERVAL_MS = 125;

export interface PublisherDeps {
  io: LiveServer;
  store: Store;
  presence: Presence;
  clock: Clock;
  log: Logger;
  /** The inbox of somebody who is not connected has changed. */
  onAbsent(touched: Touched): void;
}

/** Pushes what was committed to those who are connected. */
export function createPublisher({ io, store, presence, clock, log, onAbsent }: PublisherDeps): Publish {
  /** Inboxes pushed to lately, with the cursor of what waits for the next push. */
  const resting = new Map<string, number | null>();
  const counts = new Map<string, Counts>();
  const sendCounts = createThrottle(clock, COUNTS_INTERVAL_MS, flushCounts);

  function pushInbox(userId: string, from: number) {
    const waiting = resting.get(userId);
    if (waiting !== undefined) {
      resting.set(userId, Math.min(waiting ?? from, from));
      return;
    }
    resting.set(userId, null);
    clock.setTimeout(() => {
      const next = resting.get(userId);
      resting.delete(userId);
      if (typeof next === 'number') pushInbox(userId, next);
    }, INBOX_INTERVAL_MS);
    void sendInbox(userId, from);
  }

  async function sendInbox(userId: string, since: number) {
    try {
      const answer = await store.inboxSince(userId, { epoch: store.epoch, since });
      const room = io.to(userRoom(userId));
      room.emit('inbox:changed', answer.delta);
      tellOfMore(room, answer);
    } catch (error) {
      log.warn({ err: error }, 'a push was lost; the next head heals it');
    }
  }

  /** One frame per socket with all that it watches, however many posts changed. */
  function flushCounts() {
    const { rooms, nsp } = io.of('/').adapter;
    const frames = new Map<string, Counts[]>();
    for (const changed of counts.values()) {
      for (const socketId of rooms.get(postRoom(changed.postId)) ?? []) {
        const frame = frames.get(socketId);
        if (frame) frame.push(changed);
        else frames.set(socketId, [changed]);
      }
    }
    counts.clear();
    for (const [socketId, frame] of frames) nsp.sockets.get(socketId)?.emit('posts:changed', frame);
  }

  return {
    inboxes(touched) {
      for (const inbox of touched) {
        if (presence.isOnline(inbox.userId)) {
          presence.pushed(inbox);
          pushInbox(inbox.userId, inbox.from);
        } else onAbsent(inbox);
      }
    },
    likes(changes) {
      for (const { userId, state, exceptSocket } of changes) {
        const { postId, likeCount, rev } = state;
        counts.set(postId, { postId, likeCount, rev });
        if (presence.isOnline(userId)) {
          io.to(userRoom(userId))
            .except(exceptSocket ?? [])
            .emit('like:changed', state);
        }
      }
      if (changes.length > 0) sendCounts.request();
    },
    postCreated: (post) => void io.to(EVERYBODY).emit('post:created', { post }),
    postDeleted: (postId) => void io.to(EVERYBODY).emit('post:deleted', { postId }),
    settings: (userId, settings) => void io.to(userRoom(userId)).emit('settings:changed', settings),
  };
}
