import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { Touched } from '../../storage/store.ts';
import {
  type Bus,
  type BusListener,
  commonNoteSchema,
  type KeeperNote,
  keeperNoteSchema,
  userNoteSchema,
} from '../bus.ts';
import { Backlog } from './backlog.ts';
import { sharedCounters } from './counters.ts';
import { keeperOf } from './keeper.ts';
import { joinNodes } from './membership.ts';
import { arrived, greeted, keyOf, type Person, skip } from './people.ts';
import { withNote } from './withNote.ts';

/** Some others may need as long to be back: only then is anybody told what has waited. */
const OTHERS_BACK_WITHIN_MS = 3_000;

export interface RedisBusDeps {
  url: string;
  /** The nodes of one name hear each other; others may use the same Redis. */
  name: string;
  log: Logger;
  clock?: Clock;
  answerWithinMs?: number;
  beatMs?: number;
  /** A node that is silent for so long is dead. */
  deadAfterMs?: number;
}

/**
 * The bus over one Redis. Resolves when the first try to reach it is over, well or not: without Redis a node is alone,
 * and goes on trying.
 */
export async function openRedisBus({
  url,
  name,
  log,
  clock = systemClock,
  answerWithinMs = 1_000,
  beatMs = 1_000,
  deadAfterMs = 15_000,
}: RedisBusDeps): Promise<Bus> {
  const node = randomUUID();
  const prefix = `live-likes:${name}:`;
  const channelOf = (userId: string) => `${prefix}user:${userId}`;
  const users = channelOf('');
  const here = new Map<string, Person>();
  const backlog = new Backlog();
  let listener: BusListener | undefined;

  const membership = joinNodes({
    url,
    prefix,
    node,
    log,
    clock,
    answerWithinMs,
    beatMs,
    deadAfterMs,
    users: { here: () => [...here.keys()], isHere: (userId) => here.has(userId), channelOf },
    onMessage: hear,
    onJoining() {
      for (const person of here.values()) person.elsewhere = true;
    },
    onJoined() {
      for (const userId of here.keys()) greet(userId);
      listener?.back();
      clock.setTimeout(() => membership.isLive() && backlog.tellAll(), OTHERS_BACK_WITHIN_MS);
    },
    onOnline: () => listener?.online(),
    onNodeEnded: () => listener?.nodeEnded(),
  });
  const counters = sharedCounters({ prefix, commands: membership.commands, clock, log });
  await membership.tried;

  function hear(channel: string, text: string) {
    if (channel.startsWith(users)) hearOfUser(channel.slice(users.length), text);
    else if (channel === membership.common)
      withNote(log, commonNoteSchema, text, (note) => listener?.common(note));
    else withNote(log, keeperNoteSchema, text, (note) => listener?.keeper(note));
  }

  function hearOfUser(userId: string, text: string) {
    withNote(log, userNoteSchema, text, (note) => {
      const person = here.get(userId);
      // Of an inbox tells whoever has changed it, whether or not its owner is there.
      if (person && note.kind !== 'inbox')
        for (const missed of greeted(person, clock)) bus.tellUser(userId, missed);
      listener?.user(userId, note);
    });
  }

  /** Tells those nodes that have the user, and learns from the answer whether there is any but this one. */
  async function tell(userId: string, note: object): Promise<number | null> {
    const person = here.get(userId);
    const channel = channelOf(userId);
    const { greetings } = person ?? {};
    const wasHeard = membership.hears(channel);
    const heard = await membership.publish(channel, note);
    if (heard === null) return null;
    const others = heard - Number(wasHeard);
    // Whoever has said meanwhile that they have the user may have come after the note.
    if (person && wasHeard) person.elsewhere = others > 0 || person.greetings !== greetings;
    return others;
  }

  function greet(userId: string) {
    void tell(userId, { kind: 'came' });
  }

  function keepInbox({ userId, from }: Touched) {
    backlog.keepFirst(`inbox ${userId}`, () => bus.tellUser(userId, { kind: 'inbox', from }));
  }

  async function tellOneKeeper(keeper: string, note: KeeperNote) {
    // Where it has just ended, or cannot be told, it falls to this one.
    if (keeper === node || !(await membership.publish(membership.channelOfNode(keeper), note)))
      listener?.keeper(note);
  }

  const bus: Bus = {
    listen: (given) => void (listener = given),
    async came(userId) {
      here.set(userId, arrived());
      if ((await membership.came(userId)) && here.has(userId)) greet(userId);
    },
    left(userId) {
      here.delete(userId);
      membership.left(userId);
    },
    tellUser(userId, note) {
      const person = here.get(userId);
      if (person && !person.elsewhere) {
        skip(person, note, clock);
        return;
      }
      void tell(userId, note).then((others) => {
        const again = () => bus.tellUser(userId, note);
        if (others === null) {
          if (note.kind === 'inbox') keepInbox({ userId, from: note.from });
          else backlog.keepLast(`${userId} ${keyOf(note)}`, again);
        } else if (others <= 0 && note.kind === 'inbox' && !here.has(userId)) {
          listener?.absent?.([{ userId, from: note.from }]);
        }
      });
    },
    async tellMany(touched) {
      const heard = await membership.publish(membership.common, { kind: 'inboxes', touched });
      if (heard === null) return touched.forEach(keepInbox);
      if (!listener?.absent) return undefined;
      const connected = await bus.connected(touched.map(({ userId }) => userId)).catch(() => null);
      if (!connected) return touched.forEach(keepInbox);
      const absent = touched.filter(({ userId }) => !connected.has(userId));
      return absent.length > 0 ? listener.absent(absent) : undefined;
    },
    tellAll(note) {
      void membership.publish(membership.common, note).then((heard) => {
        if (heard !== null) return;
        const again = () => bus.tellAll(note);
        if (note.kind === 'created') backlog.keepLast(`post ${note.post.id}`, again);
        // Counts are read anew by whoever is back, and sessions looked at.
        if (note.kind === 'deleted') backlog.keepLast(`post ${note.postId}`, again);
      });
    },
    tellKeeper(note) {
      const nodes = membership.nodes();
      if (note.kind === 'arrived') return void tellOneKeeper(keeperOf(note.userId, nodes), note);
      const byKeeper = Map.groupBy(note.touched, ({ userId }) => keeperOf(userId, nodes));
      for (const [keeper, touched] of byKeeper) void tellOneKeeper(keeper, { kind: 'absent', touched });
      return undefined;
    },
    async ping() {
      if (!membership.isLive()) throw new Error('Redis is away.');
    },
    online: membership.online,
    async connected(userIds) {
      const commands = membership.isLive() ? membership.commands() : null;
      if (!commands) throw new Error('Redis is away.');
      const counts = (await commands.call('PUBSUB', 'SHARDNUMSUB', ...userIds.map(channelOf))) as (
        string | number
      )[];
      return new Set(userIds.filter((_userId, i) => Number(counts[2 * i + 1]) > 0));
    },
    limiter: counters.limiter,
    async close() {
      counters.close();
      await membership.leave();
    },
  };
  return bus;
}
