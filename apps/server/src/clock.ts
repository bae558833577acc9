import { setImmediate } from 'node:timers/promises';

/** Time, so that a test can hold it in its hand. Milliseconds. */
export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
  /** Resolves in the next turn of the event loop. */
  nextTurn(): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  nextTurn: () => setImmediate(),
};
