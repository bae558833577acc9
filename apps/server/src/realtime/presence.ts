import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import type { Touched } from '../storage/store.ts';
import type { LiveServer } from './liveServer.ts';
import { SILENT_AT_MOST_MS } from './pings.ts';
import { EVERYBODY } from './rooms.ts';
import { createThrottle } from './throttle.ts';
import type { Person, Visit } from './visit.ts';

const INTERVAL_MS = 1_000;
/** What is pushed to somebody within this time is remembered as one. */
const TOGETHER_MS = 5_000;

export interface PresenceDeps {
  io: LiveServer;
  clock: Clock;
  bus: Bus | null;
  /** They see everything that there is by now. */
  onArrived(userId: string): void;
  /** They have gone, and may not have seen this, although it was pushed to them. */
  onMissed(missed: Touched): void;
}

/** Who is connected. Tells everybody how many, at most once a second. */
export function createPresence({ io, clock, bus, onArrived, onMissed }: PresenceDeps) {
  const people = new Map<string, Person>();
  /** Null when some have been told another number than the others. */
  let told: number | null = 0;
  const tell = createThrottle(clock, INTERVAL_MS, () => {
    const online = count();
    if (told === online) return;
    told = online;
    io.to(EVERYBODY).emit('presence:changed', { online });
  });

  /** Those of other nodes are known a moment later than one's own. */
  const count = () => Math.max(people.size, bus?.online() ?? 0);

  function remembered({ pushed }: Person) {
    const since = clock.now() - SILENT_AT_MOST_MS - TOGETHER_MS;
    return pushed.filter(({ at }) => at > since);
  }

  return {
    /** Distinct users, of all nodes. */
    count,
    /** The same, for one who comes and is told it apart from the others. */
    countForNewcomer(): number {
      const online = count();
      if (online !== told) {
        told = null;
        tell.request();
      }
      return online;
    },
    /** The number may be another one. */
    counted: () => tell.request(),
    userIds: () => [...people.keys()],
    /** At this node. */
    isOnline: (userId: string) => people.has(userId),
    /** Of the users, how many are connected to any node, as far as that is known now. */
    async onlineOf(userIds: readonly string[]): Promise<number> {
      const connected = await bus?.connected(userIds).catch(() => undefined);
      return userIds.filter((userId) => people.has(userId) || connected?.has(userId)).length;
    },
    /** For each socket that comes. */
    enter(userId: string): Visit {
      const person = people.get(userId) ?? { sockets: 0, pushed: [], heard: bus?.came(userId) };
      people.set(userId, person);
      person.sockets += 1;
      tell.request();
      return { userId, person, sees: false };
    },
    /** It has been sent all that there was. */
    isReady(visit: Visit) {
      visit.sees = true;
      visit.person.pushed = [];
      onArrived(visit.userId);
    },
    /** @param inGoodOrder whether it was there until now, and not only until it fell silent. */
    leave({ userId, person, sees }: Visit, inGoodOrder: boolean) {
      if (sees && inGoodOrder) person.pushed = [];
      person.sockets -= 1;
      if (person.sockets > 0) return;
      people.delete(userId);
      bus?.left(userId);
      tell.request();
      const [missed] = remembered(person);
      if (missed) onMissed({ userId, from: missed.from });
    },
    /** This is pushed to somebody connected. */
    pushed({ userId, from }: Touched) {
      const person = people.get(userId);
      const now = clock.now();
      if (!person || now < (person.pushed.at(-1)?.at ?? -Infinity) + TOGETHER_MS) return;
      person.pushed = [...remembered(person), { from, at: now }];
    },
    close: () => tell.close(),
  };
}

export type Presence = ReturnType<typeof createPresence>;
