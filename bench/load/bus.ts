/** What nodes tell each other, as Redis counts it. */
import { Redis } from 'ioredis';

/** Counts from now on; the beat of a node, a script a second, is no message. */
export async function countMessages(url: string) {
  const redis = new Redis(url);
  const sent = async () =>
    Number(/cmdstat_spublish:calls=(\d+)/.exec(await redis.info('commandstats'))?.[1] ?? 0);
  const before = await sent();
  return { messages: async () => (await sent()) - before };
}
