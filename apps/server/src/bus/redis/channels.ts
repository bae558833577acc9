import type { Redis } from 'ioredis';

const AT_ONCE = 500;

/** The channels that a connection hears. Those that come and go in one turn of the event loop share a command. */
export function createChannels(subscriber: Redis) {
  /** Those that Redis is known to deliver. */
  const heard = new Set<string>();
  let wishes = new Map<string, boolean>();
  let settled: Promise<void> | null = null;

  function settleSoon(): Promise<void> {
    settled ??= new Promise<void>((resolve) => setImmediate(resolve)).then(settle);
    return settled;
  }

  async function settle() {
    const wished = [...wishes];
    wishes = new Map();
    settled = null;
    const channels = (wanted: boolean) => wished.flatMap(([channel, is]) => (is === wanted ? [channel] : []));
    // One connection, so they take effect in the order in which they are sent.
    await Promise.all([
      ...inParts(channels(false)).map(async (some) => {
        // From now on, Redis may or may not count this connection.
        for (const channel of some) heard.delete(channel);
        await subscriber.sunsubscribe(...some);
      }),
      ...inParts(channels(true)).map(async (some) => {
        await subscriber.ssubscribe(...some);
        for (const channel of some) heard.add(channel);
      }),
    ]);
  }

  function wish(channel: string, wanted: boolean) {
    wishes.set(channel, wanted);
    return settleSoon();
  }

  return {
    /** Resolves when it is heard. */
    add: (channel: string) => wish(channel, true),
    /** Resolves when it is not heard any more. */
    remove: (channel: string) => wish(channel, false),
    /** Sure to be heard; of those that come or go right now, nobody knows. */
    has: (channel: string) => heard.has(channel),
  };
}

export type Channels = ReturnType<typeof createChannels>;

function inParts(channels: string[]): string[][] {
  const parts: string[][] = [];
  for (let start = 0; start < channels.length; start += AT_ONCE)
    parts.push(channels.slice(start, start + AT_ONCE));
  return parts;
}
