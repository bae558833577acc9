import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';

const TRY_AGAIN_MS = { first: 100, most: 2_000 };
/** A connection that lasted so long was a good one. */
const GOOD_AFTER_MS = 5_000;

interface TryingDeps {
  /** One connection, from its beginning to its end: resolves, or fails, with why it ended. */
  once(): Promise<string>;
  onLost(): void;
  clock: Clock;
  log: Logger;
}

/** One connection after the other, with a wait in between that grows while they come to nothing. Says in the log when Redis goes and comes. */
export function keepTrying({ once, onLost, clock, log }: TryingDeps) {
  const { promise: tried, resolve: triedOnce } = Promise.withResolvers<void>();
  let stopped = false;
  let complained = '';

  async function run() {
    // What `once` needs is there by then.
    await Promise.resolve();
    for (let wait = TRY_AGAIN_MS.first; ; wait = Math.min(wait * 2, TRY_AGAIN_MS.most)) {
      const began = clock.now();
      const reason = await once().catch((error: Error) => error.message);
      onLost();
      triedOnce();
      if (stopped) return;
      complain(reason);
      if (clock.now() - began > GOOD_AFTER_MS) wait = TRY_AGAIN_MS.first;
      await pause(clock, wait * (0.5 + Math.random() / 2));
      if (stopped) return;
    }
  }

  function complain(reason: string) {
    if (reason === complained) return;
    complained = reason;
    log.warn({ reason }, 'Redis is away: this node is alone until it is back');
  }

  return {
    /** Resolves when the first try is over, well or not. */
    tried,
    /** Resolves when there will be no more, after `stop`. */
    ended: run(),
    /** The present connection turned out well. */
    isGood() {
      if (complained) log.info('Redis is back: this node hears the others');
      complained = '';
      triedOnce();
    },
    isStopped: () => stopped,
    stop: () => void (stopped = true),
  };
}

export function pause(clock: Clock, ms: number) {
  return new Promise<void>((resolve) => clock.setTimeout(resolve, ms));
}
