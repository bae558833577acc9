import type { Turns } from './clock.ts';

export type Direction = 'up' | 'down';

/** What a fault does to the next messages of one direction. */
export interface Faults {
  drop: number;
  duplicate: number;
}

export const NONE: Faults = { drop: 0, duplicate: 0 };

/**
 * One connection between a tab and a process: messages arrive later, in their order unless it is broken, and
 * none after the end. What was sent before the end may still arrive.
 */
export class Link {
  readonly faults: Record<Direction, Faults> = {
    up: { drop: 0, duplicate: 0 },
    down: { drop: 0, duplicate: 0 },
  };
  /** How many messages got lost on a connection that goes on. */
  readonly lost: Record<Direction, number> = { up: 0, down: 0 };
  /** Set by the two ends. */
  receive: Record<Direction, (message: string) => void> = { up: () => undefined, down: () => undefined };
  ended: Record<Direction, () => void> = { up: () => undefined, down: () => undefined };
  readonly #queues: Record<Direction, (() => void)[]> = { up: [], down: [] };
  readonly #turns: Turns;
  readonly #disorderly: boolean;
  #cut = false;

  constructor(turns: Turns, disorderly: boolean) {
    this.#turns = turns;
    this.#disorderly = disorderly;
  }

  get isCut(): boolean {
    return this.#cut;
  }

  send(direction: Direction, message: string) {
    if (this.#cut) return;
    // Only what is said once connected: a handshake that is broken is no connection.
    const faults = /^[23]/.test(message) ? this.faults[direction] : NONE;
    if (faults.drop > 0) {
      faults.drop -= 1;
      this.lost[direction] += 1;
      return;
    }
    this.#enqueue(direction, () => this.receive[direction](message));
    if (faults.duplicate > 0) {
      faults.duplicate -= 1;
      this.#enqueue(direction, () => this.receive[direction](message));
    }
  }

  endFaults() {
    for (const faults of [this.faults.up, this.faults.down]) Object.assign(faults, NONE);
  }

  /** Ends it for both sides, each in its own time. Nothing more gets on its way, and nothing to the server arrives. */
  cut() {
    if (this.#cut) return;
    this.#cut = true;
    for (const direction of ['up', 'down'] as const) {
      if (direction === 'up') this.#queues.up = [];
      this.#enqueue(direction, () => {
        this.#queues[direction] = [];
        this.ended[direction]();
        this.receive[direction] = () => undefined;
      });
    }
  }

  #enqueue(direction: Direction, arrive: () => void) {
    const queue = this.#queues[direction];
    queue.push(arrive);
    void this.#turns.take(direction).then(() => {
      const current = this.#queues[direction];
      // Its own, unless another turn has taken that already.
      const index = this.#disorderly ? Math.max(0, current.indexOf(arrive)) : 0;
      const [next] = current.splice(index, 1);
      next?.();
    });
  }
}
