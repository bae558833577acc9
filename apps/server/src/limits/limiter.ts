import { ErrorCode } from '@live-likes/contract';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../errors.ts';
import { LIMIT_NAMES, type LimitName, type Rates } from './rates.ts';

/** Who goes on to so many times a limit does not wait as told. */
const FLOOD = 10;

/**
 * Counts what is done, by the user, the address or the account that it is counted against: never by the
 * connection, so that more of them, or new ones, gain nothing.
 */
export interface Limiter {
  /**
   * Counts one more time.
   *
   * @throws {TooFast} when it is one too many.
   */
  take(limit: LimitName, key: string): Promise<void>;
  /** Counts one time less: it came to nothing. */
  giveBack(limit: LimitName, key: string): Promise<void>;
  /** Counts anew from nought. */
  forget(limit: LimitName, key: string): Promise<void>;
}

/** Refused for now. */
export class TooFast extends Refusal {
  /** Ten times the limit, and still going on. */
  readonly flooding: boolean;

  constructor(retryAfterMs: number, flooding: boolean) {
    const seconds = Math.ceil(retryAfterMs / 1_000);
    const wait = seconds === 1 ? '1 second' : `${seconds} seconds`;
    super(ErrorCode.RATE_LIMITED, `You are doing this too fast. Try again in ${wait}.`, { retryAfterMs });
    this.flooding = flooding;
  }
}

/** What counts one limit. */
export interface Counter {
  /** @throws {RateLimiterRes} when it is one too many. */
  consume(key: string): Promise<unknown>;
  reward(key: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** @param counterOf counts in the memory of this process when left out. */
export function createLimiter(rates: Rates, counterOf?: (limit: LimitName) => Counter): Limiter {
  const inMemory = (limit: LimitName): Counter => {
    const { count, seconds } = rates[limit];
    return new RateLimiterMemory({ points: count, duration: seconds });
  };
  const counters = new Map(LIMIT_NAMES.map((limit) => [limit, (counterOf ?? inMemory)(limit)]));

  return {
    async take(limit, key) {
      try {
        await counters.get(limit)?.consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        const { count, seconds } = rates[limit];
        // A clock that was set back must not make anybody wait for longer than the limit says.
        const waitMs = Math.min(Math.max(refused.msBeforeNext, 1), seconds * 1_000);
        throw new TooFast(waitMs, refused.consumedPoints >= count * FLOOD);
      }
    },
    async giveBack(limit, key) {
      await counters.get(limit)?.reward(key);
    },
    async forget(limit, key) {
      await counters.get(limit)?.delete(key);
    },
  };
}

/** Refuses nobody. */
export const noLimits: Limiter = {
  take: async () => undefined,
  giveBack: async () => undefined,
  forget: async () => undefined,
};
