import type { Counts, SessionEndReason } from '@live-likes/contract';
import type { Bus, BusListener } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { Publish } from '../publish.ts';
import type { Store, Touched } from '../storage/store.ts';
import type { LiveServer } from './liveServer.ts';
import { createPace } from './pace.ts';
import type { Presence } from './presence.ts';
import { keepNewest, type Publisher } from './publisher.ts';
import { POSTS, postOf } from './rooms.ts';
import { slices } from './slices.ts';
import { createThrottle } from './throttle.ts';

/** All counts that changed meanwhile are one message, so that a like costs none of its own. */
const COUNTS_INTERVAL_MS = 1_000;
const COUNTS_AT_ONCE = 500;
/** Inboxes that change in one transaction: an announcement to everybody, or a busy moment. */
const MANY = 100;
const BACK_INTERVAL_MS = 5_000;
const REREAD_AT_ONCE = 100;

export interface TellDeps {
  bus: Bus;
  publisher: Publisher;
  presence: Presence;
  clock: Clock;
}

/** Tells what was committed here to those who are connected here, and to the other nodes. */
export function tellNodes({ bus, publisher, presence, clock }: TellDeps): Publish & { flush(): void } {
  const counts = new Map<string, Counts>();
  const tellCounts = createThrottle(clock, COUNTS_INTERVAL_MS, () => {
    const changed = [...counts.values()];
    counts.clear();
    for (let start = 0; start < changed.length; start += COUNTS_AT_ONCE)
      bus.tellAll({ kind: 'counts', counts: changed.slice(start, start + COUNTS_AT_ONCE) });
  });
  const inboxPace = createPace(clock, (userId, from) => bus.tellUser(userId, { kind: 'inbox', from }));

  return {
    /** Before this node ends: tells what waits for its turn. */
    flush() {
      inboxPace.flush();
      tellCounts.flush();
    },
    inboxes(touched) {
      publisher.inboxes(touched.filter(({ userId }) => presence.isOnline(userId)));
      if (touched.length > MANY) void bus.tellMany(touched);
      else for (const { userId, from } of touched) inboxPace.push(userId, from);
    },
    likes(changes) {
      publisher.likes(changes);
      for (const { userId, state } of changes) {
        const { postId, likeCount, rev } = state;
        keepNewest(counts, { postId, likeCount, rev });
        bus.tellUser(userId, { kind: 'like', state });
      }
      if (changes.length > 0) tellCounts.request();
    },
    postCreated(post) {
      publisher.postCreated(post);
      bus.tellAll({ kind: 'created', post });
    },
    postDeleted(postId) {
      publisher.postDeleted(postId);
      bus.tellAll({ kind: 'deleted', postId });
    },
    settings(userId, settings) {
      publisher.settings(userId, settings);
      bus.tellUser(userId, { kind: 'settings', settings });
    },
  };
}

export interface HearDeps {
  io: LiveServer;
  store: Store;
  publisher: Publisher;
  presence: Presence;
  clock: Clock;
  log: Logger;
  endSession(sessionId: string, reason: SessionEndReason): void;
  /** Tells those who look after them. */
  absent: BusListener['absent'];
  /** Tells everybody how far their inbox goes, soon, and looks at the sessions. */
  beat(): void;
  onAbsent(touched: Touched): void;
  onArrived(userId: string): void;
  onNodeEnded(): void;
}

/** Tells what was committed at other nodes to those who are connected here. */
export function hearNodes(deps: HearDeps): BusListener {
  const { io, store, publisher, presence, clock, log, endSession } = deps;

  /** A client that sees no change of a count would not know that it has missed one. */
  async function rereadCounts() {
    const posts = [...io.of('/').adapter.rooms.keys()].filter((room) => room.startsWith(POSTS)).map(postOf);
    for await (const some of slices(posts, REREAD_AT_ONCE, clock)) publisher.counts(await store.counts(some));
  }

  const catchUp = createThrottle(clock, BACK_INTERVAL_MS, () => {
    deps.beat();
    rereadCounts().catch((error: unknown) => log.warn({ err: error }, 'counts were not read anew'));
  });

  return {
    user(userId, note) {
      if (!presence.isOnline(userId)) {
        // They have just left, and whoever told counts them as present.
        if (note.kind === 'inbox') deps.absent?.([{ userId, from: note.from }]);
        return;
      }
      if (note.kind === 'inbox') publisher.inboxes([{ userId, from: note.from }]);
      if (note.kind === 'like') publisher.likes([{ userId, state: note.state }]);
      if (note.kind === 'settings') publisher.settings(userId, note.settings);
    },
    common(note) {
      if (note.kind === 'inboxes')
        publisher.inboxes(note.touched.filter(({ userId }) => presence.isOnline(userId)));
      if (note.kind === 'counts') publisher.counts(note.counts);
      if (note.kind === 'created') publisher.postCreated(note.post);
      if (note.kind === 'deleted') publisher.postDeleted(note.postId);
      if (note.kind === 'ended') endSession(note.sessionId, note.reason);
    },
    keeper(note) {
      if (note.kind === 'absent') note.touched.forEach(deps.onAbsent);
      else deps.onArrived(note.userId);
    },
    absent: deps.absent,
    online: () => presence.counted(),
    back: () => catchUp.request(),
    nodeEnded: deps.onNodeEnded,
  };
}
