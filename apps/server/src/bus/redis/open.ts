import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import type { Touched } from '../../storage/store.ts';
import {
  type Bus,
  commonNoteSchema,
  type Ears,
  type KeeperNote,
  keeperNoteSchema,
  type UserNote,
  userNoteSchema,
} from '../bus.ts';
import { Backlog } from './backlog.ts';
import { createChannels, type Channels } from './channels.ts';
import { sharedCounters } from './counters.ts';
import { createCrowd, type Crowd } from './crowd.ts';
import { keeperOf } from './keeper.ts';
import { keepTrying, pause } from './keepTrying.ts';
import { connectLink, type Link } from './link.ts';
import { withNote } from './withNote.ts';

/** Some others may need as long to be back: only then is anybody told what has waited. */
const OTHERS_BACK_WITHIN_MS = 3_000;
/** Every so many beats it is tried whether messages still arrive. */
const TRIAL_BEATS = 5;
const CLOSE_WITHIN_MS = 2_000;
/** A node that has just got a user may have read the inbox before what another one has not told it. */
const JUST_MS = 2_000;

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

/** A user who is connected here. */
interface Here {
  /** Whether there may be another node where they are connected. */
  elsewhere: boolean;
  /** How many nodes have said so. */
  greetings: number;
  /** What no other node was told of lately: the last note of each kind and post, the oldest first. */
  skipped: Map<string, { note: UserNote; at: number }>;
}

/** What there is while Redis is. */
interface Present {
  link: Link;
  channels: Channels;
  crowd: Crowd;
  /** Who came or left, and Redis does not know it yet. */
  changed: Set<string>;
  /** Messages to oneself: sent, and heard again. */
  trials: { sent: number; heard: number };
  timer?: unknown;
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
  const channelOfUser = (userId: string) => `${prefix}user:${userId}`;
  const channelOfNode = (who: string) => `${prefix}node:${who}`;
  const [common, own] = [`${prefix}all`, channelOfNode(node)];
  const users = channelOfUser('');
  const here = new Map<string, Here>();
  const backlog = new Backlog();
  const counters = sharedCounters({ prefix, commands: () => present?.link.commands ?? null, clock, log });
  let ears: Ears | undefined;
  let present: Present | null = null;
  /** Messages have been seen to arrive. */
  let live = false;
  let online: number | null = null;
  let nodes: string[] = [node];
  let generation = 0;

  const connection = keepTrying({ once: connectedOnce, onLost: forgetPresent, clock, log });
  await connection.tried;

  /** Resolves with the reason when the connection is lost. */
  async function connectedOnce(): Promise<string> {
    const link = await connectLink(url, answerWithinMs);
    if (connection.isStopped()) link.end('This node has ended.');
    generation += 1;
    const member = `${node}/${generation}`;
    const now: Present = {
      link,
      channels: createChannels(link.subscriber),
      crowd: createCrowd({ commands: link.commands, prefix, member, deadAfterMs }),
      changed: new Set(),
      trials: { sent: 0, heard: 0 },
    };
    link.subscriber.on('smessage', (channel: string, message: string) => {
      try {
        hear(now, channel, message);
      } catch (error) {
        log.error({ err: error }, 'a message of another node could not be dealt with');
      }
    });
    present = now;
    begin(now).catch((error: Error) => link.end(error.message));
    return link.lost;
  }

  async function begin(now: Present) {
    const everybody = [...here.keys()];
    for (const person of here.values()) person.elsewhere = true;
    await Promise.all([common, own, ...everybody.map(channelOfUser)].map(now.channels.add));
    await tryOut(now);
    if (generation > 1) await now.crowd.end(`${node}/${generation - 1}`);
    learn(await now.crowd.join(everybody), now);
    await sleepUntil(() => now.trials.heard === now.trials.sent, answerWithinMs);
    if (present !== now) return;
    live = true;
    for (const userId of here.keys()) greet(userId);
    ears?.back();
    clock.setTimeout(() => live && backlog.tellAll(), OTHERS_BACK_WITHIN_MS);
    connection.isGood();
    beatLater(now, 1);
  }

  /** @throws when it does not become true in time. */
  async function sleepUntil(isTrue: () => boolean, ms: number) {
    for (const end = clock.now() + ms; !isTrue(); await pause(clock, 5)) {
      if (clock.now() > end) throw new Error('Redis delivers no messages.');
    }
  }

  async function tryOut({ link, trials }: Present) {
    trials.sent += 1;
    await link.commands.spublish(own, String(trials.sent));
  }

  function beatLater(now: Present, count: number) {
    now.timer = clock.setTimeout(() => {
      beat(now, count).then(
        () => present === now && beatLater(now, count + 1),
        (error: Error) => now.link.end(error.message),
      );
    }, beatMs);
  }

  async function beat(now: Present, count: number) {
    const changed = [...now.changed];
    now.changed.clear();
    const came = changed.filter((userId) => here.has(userId));
    const left = changed.filter((userId) => !here.has(userId));
    learn(await now.crowd.beat(came, left), now);
    if (now.trials.heard !== now.trials.sent) throw new Error('Redis delivers no messages.');
    if (count % TRIAL_BEATS === 0) await tryOut(now);
  }

  function learn(news: Awaited<ReturnType<Crowd['beat']>>, now: Present) {
    if (!news) throw new Error('Redis has forgotten everything.');
    if (present !== now) return;
    nodes = [...new Set([node, ...news.members.map((member) => member.split('/')[0] ?? '')])];
    if (news.ended) ears?.nodeEnded();
    if (news.online === online) return;
    online = news.online;
    ears?.online();
  }

  function forgetPresent() {
    clock.clearTimeout(present?.timer);
    present = null;
    live = false;
    nodes = [node];
    if (online === null) return;
    online = null;
    ears?.online();
  }

  /** @returns how many connections heard it; null when it could not be told. */
  async function publish(channel: string, note: object): Promise<number | null> {
    const link = live ? present?.link : undefined;
    if (!link) return null;
    try {
      return Number(await link.commands.spublish(channel, `${node} ${JSON.stringify(note)}`));
    } catch (error) {
      link.end((error as Error).message);
      return null;
    }
  }

  function hear(now: Present, channel: string, message: string) {
    if (channel === own && /^\d+$/.test(message)) {
      now.trials.heard = Number(message);
      return;
    }
    if (message.startsWith(node)) return;
    const noted = message.slice(message.indexOf(' ') + 1);
    if (channel.startsWith(users)) hearOfUser(channel.slice(users.length), noted);
    else if (channel === common) withNote(log, commonNoteSchema, noted, (note) => ears?.common(note));
    else withNote(log, keeperNoteSchema, noted, (note) => ears?.keeper(note));
  }

  function hearOfUser(userId: string, noted: string) {
    withNote(log, userNoteSchema, noted, (note) => {
      const person = here.get(userId);
      // Of an inbox tells whoever has changed it, whether or not its owner is there.
      if (person && note.kind !== 'inbox') {
        person.elsewhere = true;
        person.greetings += 1;
        const skipped = [...person.skipped.values()];
        person.skipped.clear();
        for (const { note: missed, at } of skipped)
          if (at > clock.now() - JUST_MS) bus.tellUser(userId, missed);
      }
      ears?.user(userId, note);
    });
  }

  /** Tells those nodes that have the user, and learns from the answer whether there is any but this one. */
  async function tell(userId: string, note: object): Promise<number | null> {
    const person = here.get(userId);
    const channel = channelOfUser(userId);
    const { greetings } = person ?? {};
    const wasHeard = present?.channels.has(channel) ?? false;
    const heard = await publish(channel, note);
    if (heard === null) return null;
    const others = heard - Number(wasHeard);
    // Whoever has said meanwhile that they have the user may have come after the note.
    if (person && wasHeard) person.elsewhere = others > 0 || person.greetings !== greetings;
    return others;
  }

  function skip({ skipped }: Here, note: UserNote) {
    const now = clock.now();
    for (const [key, { at }] of skipped) {
      if (at > now - JUST_MS) break;
      skipped.delete(key);
    }
    skipped.delete(keyOf(note));
    skipped.set(keyOf(note), { note, at: now });
  }

  function greet(userId: string) {
    void tell(userId, { kind: 'came' });
  }

  function keepInbox({ userId, from }: Touched) {
    backlog.keepFirst(`inbox ${userId}`, () => bus.tellUser(userId, { kind: 'inbox', from }));
  }

  async function tellOneKeeper(keeper: string, note: KeeperNote) {
    // Where it has just ended, or cannot be told, it falls to this one.
    if (keeper === node || !(await publish(channelOfNode(keeper), note))) ears?.keeper(note);
  }

  const bus: Bus = {
    listen: (given) => void (ears = given),
    async came(userId) {
      here.set(userId, { elsewhere: true, greetings: 0, skipped: new Map() });
      const now = present;
      if (!now) return;
      now.changed.add(userId);
      try {
        await now.channels.add(channelOfUser(userId));
        if (here.has(userId)) greet(userId);
      } catch (error) {
        now.link.end((error as Error).message);
      }
    },
    left(userId) {
      here.delete(userId);
      const now = present;
      now?.changed.add(userId);
      now?.channels.remove(channelOfUser(userId)).catch((error: Error) => now.link.end(error.message));
    },
    tellUser(userId, note) {
      const person = here.get(userId);
      if (person && !person.elsewhere) {
        skip(person, note);
        return;
      }
      void tell(userId, note).then((others) => {
        const again = () => bus.tellUser(userId, note);
        if (others === null) {
          if (note.kind === 'inbox') keepInbox({ userId, from: note.from });
          else backlog.keepLast(`${userId} ${keyOf(note)}`, again);
        } else if (others <= 0 && note.kind === 'inbox' && !here.has(userId)) {
          ears?.absent?.([{ userId, from: note.from }]);
        }
      });
    },
    async tellMany(touched) {
      if ((await publish(common, { kind: 'inboxes', touched })) === null) return touched.forEach(keepInbox);
      if (!ears?.absent) return undefined;
      const connected = await bus.connected(touched.map(({ userId }) => userId)).catch(() => null);
      if (!connected) return touched.forEach(keepInbox);
      const absent = touched.filter(({ userId }) => !connected.has(userId));
      return absent.length > 0 ? ears.absent(absent) : undefined;
    },
    tellAll(note) {
      void publish(common, note).then((heard) => {
        if (heard !== null) return;
        const again = () => bus.tellAll(note);
        if (note.kind === 'created') backlog.keepLast(`post ${note.post.id}`, again);
        // Counts are read anew by whoever is back, and sessions looked at.
        if (note.kind === 'deleted') backlog.keepLast(`post ${note.postId}`, again);
      });
    },
    tellKeeper(note) {
      if (note.kind === 'arrived') return void tellOneKeeper(keeperOf(note.userId, nodes), note);
      const byKeeper = Map.groupBy(note.touched, ({ userId }) => keeperOf(userId, nodes));
      for (const [keeper, touched] of byKeeper) void tellOneKeeper(keeper, { kind: 'absent', touched });
      return undefined;
    },
    async ping() {
      if (!live) throw new Error('Redis is away.');
    },
    online: () => online,
    async connected(userIds) {
      const link = live ? present?.link : undefined;
      if (!link) throw new Error('Redis is away.');
      const counts = (await link.commands.call('PUBSUB', 'SHARDNUMSUB', ...userIds.map(channelOfUser))) as (
        string | number
      )[];
      return new Set(userIds.filter((_userId, i) => Number(counts[2 * i + 1]) > 0));
    },
    limiter: counters.limiter,
    async close() {
      connection.stop();
      live = false;
      counters.close();
      const now = present;
      if (!now) return;
      clock.clearTimeout(now.timer);
      const goodbye = now.crowd.end(`${node}/${generation}`).catch(() => undefined);
      await Promise.race([goodbye, pause(clock, CLOSE_WITHIN_MS)]);
      now.link.end('This node has ended.');
      await connection.ended;
    },
  };
  return bus;
}

/** A later note with the same key says all that the earlier one did. */
const keyOf = (note: UserNote) => ('state' in note ? `like ${note.state.postId}` : note.kind);
