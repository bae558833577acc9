import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../src/clock.ts';

interface Timer {
  at: number;
  ms: number;
  run(): void;
}

/** Goes on by itself like any clock, and can be moved ahead: a minute passes in a moment. */
export class SkippingClock implements Clock {
  #ahead = 0;
  readonly #timers = new Map<unknown, Timer>();

  readonly now = () => Date.now() + this.#ahead;

  readonly setTimeout = (run: () => void, ms: number): unknown => {
    const timer = setTimeout(() => this.#fire(timer), ms);
    this.#timers.set(timer, { at: this.now() + ms, ms, run });
    return timer;
  };

  readonly clearTimeout = (timer: unknown) => {
    clearTimeout(timer as NodeJS.Timeout);
    this.#timers.delete(timer);
  };

  readonly nextTurn = () => nextTurn();

  /** Whether something waits that was to wait this long. */
  waits(ms: number): boolean {
    return [...this.#timers.values()].some((timer) => timer.ms === ms);
  }

  /** Lets the time pass with all that is due in it, in its order. */
  async skip(ms: number) {
    const end = this.now() + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end);
      const [first] = due.toSorted(([, a], [, b]) => a.at - b.at);
      if (!first) break;
      this.#ahead += Math.max(0, first[1].at - this.now());
      this.#fire(first[0]);
      // What it began goes as far as it gets without the network.
      for (let turns = 0; turns < 20; turns += 1) await nextTurn();
    }
    this.#ahead += Math.max(0, end - this.now());
  }

  #fire(handle: unknown) {
    const timer = this.#timers.get(handle);
    this.clearTimeout(handle);
    timer?.run();
  }
}
