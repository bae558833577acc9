import type { Clock as ClientClock } from '@live-likes/client';
import type { Clock as ServerClock } from '../../src/clock.ts';

export type Clock = ClientClock & ServerClock;

interface Timer {
  at: number;
  run(): void;
}

/** Decides when anything happens that somebody waits for. */
export interface Turns {
  /** Resolves when it is this one's turn; never for those who are gone by then. */
  take(label: string): Promise<void>;
}

/** The one time of a whole world. It stands still unless it is moved. */
export class ModelClock {
  now = Date.UTC(2026, 0, 1);
  #timers: Timer[] = [];

  /** The clock as one process or one tab sees it, until it is gone. */
  seenBy(isAlive: () => boolean, turns: Turns): Clock {
    return {
      now: () => this.now,
      elapsed: () => this.now,
      setTimeout: (run, ms) => {
        const timer = { at: this.now + ms, run: () => isAlive() && run() };
        this.#timers.push(timer);
        return timer;
      },
      clearTimeout: (timer) => {
        const index = this.#timers.indexOf(timer as Timer);
        if (index >= 0) this.#timers.splice(index, 1);
      },
      nextTurn: () => turns.take('next turn'),
    };
  }

  /** Moves on, and runs what is due on the way, each in a turn of its own. */
  async advance(ms: number, afterEach: () => Promise<void>) {
    const end = this.now + ms;
    for (;;) {
      const next = this.#timers.reduce<Timer | null>(
        (first, timer) => (timer.at <= end && (!first || timer.at < first.at) ? timer : first),
        null,
      );
      if (!next) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.now = Math.max(this.now, next.at);
      next.run();
      await afterEach();
    }
    this.now = end;
  }
}
