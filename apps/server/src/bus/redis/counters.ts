import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import type { Clock } from '../../clock.ts';
import { type Counter, createLimiter, type Limiter } from '../../limits/limiter.ts';
import type { LimitName, Rate, Rates } from '../../limits/rates.ts';
import type { Logger } from '../../log.ts';
import { createThrottle } from '../../realtime/throttle.ts';

/** What is counted on the way of a like or of a read: at once in memory, and soon together with the other nodes. */
const HOT: ReadonlySet<LimitName> = new Set(['LIKES', 'LIKE_BURST', 'READS', 'CHANGES', 'STRANGERS']);
const EXCHANGE_MS = 200;
/** Shorter windows are over before the others know: each node counts them for itself. */
const SHORTEST_SECONDS = 5;
const KEYS_AT_ONCE = 1_000;

/** Adds to counters, each with a window that begins with its first use. Answers count and rest of the window in ms, of each. */
const ADD = `
local answer = {}
for i, key in ipairs(KEYS) do
  local count = redis.call('INCRBY', key, ARGV[2 * i - 1])
  local rest = redis.call('PTTL', key)
  if rest < 0 then
    rest = ARGV[2 * i] * 1000
    redis.call('PEXPIRE', key, rest)
  end
  answer[2 * i - 1] = count
  answer[2 * i] = rest
end
return answer`;

interface CountersDeps {
  prefix: string;
  /** Null while Redis is away. */
  commands(): Redis | null;
  clock: Clock;
  log: Logger;
}

/** Counts what all nodes are asked for. While Redis is away, each counts for itself. */
export function sharedCounters({ prefix, commands, clock, log }: CountersDeps) {
  /** What Redis does not know of yet. */
  const pending = new Map<
    string,
    { memory: RateLimiterMemory; key: string; points: number; seconds: number }
  >();
  const exchanges = createThrottle(clock, EXCHANGE_MS, () => void exchange());
  const overRedis = new WeakMap<Redis, Map<LimitName, RateLimiterRedis>>();

  async function exchange() {
    const redis = commands();
    const all = [...pending];
    pending.clear();
    if (!redis) return;
    if (!('add' in redis)) redis.defineCommand('add', { lua: ADD });
    const { add } = redis as unknown as { add(...args: (string | number)[]): Promise<number[]> };
    try {
      for (let start = 0; start < all.length; start += KEYS_AT_ONCE) {
        const some = all.slice(start, start + KEYS_AT_ONCE);
        const answer = await add.call(
          redis,
          some.length,
          ...some.map(([name]) => name),
          ...some.flatMap(([, { points, seconds }]) => [points, seconds]),
        );
        for (const [i, [name, { memory, key }]] of some.entries()) {
          const [count = 0, restMs = 1] = answer.slice(2 * i, 2 * i + 2);
          const since = pending.get(name)?.points ?? 0;
          await memory.set(key, count + since, Math.max(restMs, 1) / 1_000);
        }
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'limits were not counted together');
    }
  }

  function hot(limit: LimitName, { count, seconds }: Rate): Counter {
    const memory = new RateLimiterMemory({ points: count, duration: seconds });
    if (seconds < SHORTEST_SECONDS) return memory;
    return {
      consume(key) {
        if (commands()) {
          const name = `${prefix}limit:${limit}:${key}`;
          const waiting = pending.get(name);
          if (waiting) waiting.points += 1;
          else pending.set(name, { memory, key, points: 1, seconds });
        }
        const consumed = memory.consume(key);
        exchanges.request();
        return consumed;
      },
      reward: (key) => memory.reward(key),
      delete: (key) => memory.delete(key),
    };
  }

  /** Asks Redis each time, and the memory of this node where that fails. */
  function exact(limit: LimitName, { count, seconds }: Rate): Counter {
    const rate = { points: count, duration: seconds };
    const insuranceLimiter = new RateLimiterMemory(rate);
    const counter = () => {
      const redis = commands();
      if (!redis) return insuranceLimiter;
      const counters = overRedis.get(redis) ?? new Map<LimitName, RateLimiterRedis>();
      overRedis.set(redis, counters);
      const found = counters.get(limit);
      if (found) return found;
      const keyPrefix = `${prefix}limit:${limit}`;
      const made = new RateLimiterRedis({ ...rate, storeClient: redis, keyPrefix, insuranceLimiter });
      counters.set(limit, made);
      return made;
    };
    return {
      consume: (key) => counter().consume(key),
      reward: (key) => counter().reward(key),
      delete: (key) => counter().delete(key),
    };
  }

  return {
    limiter: (rates: Rates): Limiter =>
      createLimiter(rates, (limit) => (HOT.has(limit) ? hot : exact)(limit, rates[limit])),
    close: () => exchanges.close(),
  };
}
