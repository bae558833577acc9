import type { Redis } from 'ioredis';
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { createChannels, type Channels } from './channels.ts';
import { createCrowd, type Crowd, type CrowdNews } from './crowd.ts';
import { keepTrying, pause } from './keepTrying.ts';
import { connectLink, type Link } from './link.ts';

/** Every so many beats it is tried whether messages still arrive. */
const TRIAL_BEATS = 5;
const CLOSE_WITHIN_MS = 2_000;

export interface MembershipDeps {
  url: string;
  /** What every key and channel of these nodes begins with. */
  prefix: string;
  node: string;
  log: Logger;
  clock: Clock;
  answerWithinMs: number;
  beatMs: number;
  deadAfterMs: number;
  users: {
    /** Everybody who is here. */
    here(): string[];
    isHere(userId: string): boolean;
    channelOf(userId: string): string;
  };
  /** Of another node, for somebody who is here or for this node. */
  onMessage(channel: string, message: string): void;
  /** What others say is missed until `onJoined`. */
  onJoining(): void;
  onJoined(): void;
  onOnline(): void;
  onNodeEnded(): void;
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
 * This node among all that share a Redis: it joins them with each new connection, says with a beat that it lives, and
 * hears what they say as long as it is seen to arrive. Begins at once, and goes on until `leave`.
 */
export function joinNodes(deps: MembershipDeps) {
  const { url, prefix, node, log, clock, answerWithinMs, beatMs, deadAfterMs, users } = deps;
  const channelOfNode = (who: string) => `${prefix}node:${who}`;
  const [common, own] = [`${prefix}all`, channelOfNode(node)];
  let present: Present | null = null;
  /** Messages have been seen to arrive. */
  let live = false;
  let online: number | null = null;
  let nodes: string[] = [node];
  let generation = 0;
  const connection = keepTrying({ once: connectedOnce, onLost: forgetPresent, clock, log });

  /** Resolves with the reason when the connection is lost. */
  async function connectedOnce(): Promise<string> {
    const link = await connectLink(url, answerWithinMs);
    if (connection.isStopped()) link.end('This node has ended.');
    generation += 1;
    const now: Present = {
      link,
      channels: createChannels(link.subscriber),
      crowd: createCrowd({ commands: link.commands, prefix, member: memberOf(generation), deadAfterMs }),
      changed: new Set(),
      trials: { sent: 0, heard: 0 },
    };
    link.subscriber.on('smessage', (channel: string, message: string) => hear(now, channel, message));
    present = now;
    begin(now).catch((error: Error) => link.end(error.message));
    return link.lost;
  }

  /** A node is another member with each connection: what an earlier one has left behind is taken back. */
  const memberOf = (which: number) => `${node}/${which}`;

  async function begin(now: Present) {
    const everybody = users.here();
    deps.onJoining();
    await Promise.all([common, own, ...everybody.map(users.channelOf)].map(now.channels.add));
    await tryOut(now);
    if (generation > 1) await now.crowd.end(memberOf(generation - 1));
    learn(await now.crowd.join(everybody), now);
    await sleepUntil(() => now.trials.heard === now.trials.sent, answerWithinMs);
    if (present !== now) return;
    live = true;
    deps.onJoined();
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

  function hear(now: Present, channel: string, message: string) {
    if (channel === own && /^\d+$/.test(message)) {
      now.trials.heard = Number(message);
      return;
    }
    if (message.startsWith(node)) return;
    try {
      deps.onMessage(channel, message.slice(message.indexOf(' ') + 1));
    } catch (error) {
      log.error({ err: error }, 'a message of another node could not be dealt with');
    }
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
    const came = changed.filter(users.isHere);
    const left = changed.filter((userId) => !users.isHere(userId));
    learn(await now.crowd.beat(came, left), now);
    if (now.trials.heard !== now.trials.sent) throw new Error('Redis delivers no messages.');
    if (count % TRIAL_BEATS === 0) await tryOut(now);
  }

  function learn(news: CrowdNews | null, now: Present) {
    if (!news) throw new Error('Redis has forgotten everything.');
    if (present !== now) return;
    nodes = [...new Set([node, ...news.members.map((member) => member.split('/')[0] ?? '')])];
    if (news.ended) deps.onNodeEnded();
    setOnline(news.online);
  }

  function forgetPresent() {
    clock.clearTimeout(present?.timer);
    present = null;
    live = false;
    nodes = [node];
    setOnline(null);
  }

  function setOnline(count: number | null) {
    if (count === online) return;
    online = count;
    deps.onOnline();
  }

  return {
    common,
    channelOfNode,
    /** Resolves when the first try to reach Redis is over, well or not. */
    tried: connection.tried,
    isLive: () => live,
    nodes: () => nodes,
    /** Distinct users of all nodes; null while that is not known. */
    online: () => online,
    /** For whatever works without being heard by others, too; null while Redis is away. */
    commands: (): Redis | null => present?.link.commands ?? null,
    /** Whether this node is sure to hear the channel. */
    hears: (channel: string) => present?.channels.has(channel) ?? false,
    /** Resolves with whether this node hears what others tell the user; without Redis it cannot. */
    async came(userId: string): Promise<boolean> {
      const now = present;
      if (!now) return false;
      now.changed.add(userId);
      try {
        await now.channels.add(users.channelOf(userId));
        return true;
      } catch (error) {
        now.link.end((error as Error).message);
        return false;
      }
    },
    left(userId: string) {
      const now = present;
      now?.changed.add(userId);
      now?.channels.remove(users.channelOf(userId)).catch((error: Error) => now.link.end(error.message));
    },
    /** @returns how many connections heard it; null when it could not be told. */
    async publish(channel: string, note: object): Promise<number | null> {
      const link = live ? present?.link : undefined;
      if (!link) return null;
      try {
        return Number(await link.commands.spublish(channel, `${node} ${JSON.stringify(note)}`));
      } catch (error) {
        link.end((error as Error).message);
        return null;
      }
    },
    /** Resolves within a few seconds in any case. */
    async leave() {
      connection.stop();
      live = false;
      const now = present;
      if (!now) return;
      clock.clearTimeout(now.timer);
      const goodbye = now.crowd.end(memberOf(generation)).catch(() => undefined);
      await Promise.race([goodbye, pause(clock, CLOSE_WITHIN_MS)]);
      now.link.end('This node has ended.');
      await connection.ended;
    },
  };
}
