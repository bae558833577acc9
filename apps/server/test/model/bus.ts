import type { Bus, BusListener } from '../../src/bus/bus.ts';
import { Backlog } from '../../src/bus/redis/backlog.ts';
import { noLimits } from '../../src/limits/limiter.ts';
import type { Clock, Turns } from './clock.ts';
import { type Faults, NONE } from './link.ts';

/** As the real one: only then is what has waited told, so that the others are back, too. */
const OTHERS_BACK_WITHIN_MS = 3_000;

/** One node's place at the bus. */
interface Seat {
  listener: BusListener | undefined;
  /** Users connected there. */
  here: Set<string>;
  /** Those of them of whom notes arrive. */
  heard: Set<string>;
  /** It can tell and hear. */
  present: boolean;
  backlog: Backlog;
  /** Resolves when all nodes that stay have been told, as far as they are. */
  underWay: Set<Promise<unknown>>;
  clock: Clock;
  turns: Turns;
}

/**
 * The bus between nodes as the schedule likes it. It keeps what the real one keeps, and no more: notes overtake each
 * other, get lost and come twice; who is subscribed is decided when a note is at Redis, not when it is told or heard;
 * and while Redis is away nothing arrives, and each node finds its own moment to be back. It is never known who
 * is connected elsewhere.
 */
export class ModelBus {
  readonly faults: Faults = { ...NONE };
  /** A note got lost and nobody was told so: the heartbeat has to heal it. */
  hasLost = false;
  /** Nobody heard anything for a while: all is made good soon after the return, but for the hearts of other tabs. */
  wasAway = false;
  readonly #turns: Turns;
  readonly #seats = new Set<Seat>();
  /** Since Redis came, or went, for the last time. */
  #period = 0;
  #away = false;

  /** @param turns Redis's own, which no crash of a node ends. */
  constructor(turns: Turns) {
    this.#turns = turns;
  }

  goAway() {
    if (this.#away) return;
    this.#away = true;
    this.wasAway = true;
    this.#period += 1;
    for (const seat of this.#seats) seat.present = false;
  }

  comeBack() {
    if (!this.#away) return;
    this.#away = false;
    this.#period += 1;
    for (const seat of this.#seats) void this.#isBack(seat);
  }

  endFaults() {
    Object.assign(this.faults, NONE);
    this.comeBack();
  }

  /** For a node that starts. */
  join(clock: Clock, turns: Turns): ModelSeat {
    const seat: Seat = {
      listener: undefined,
      here: new Set(),
      heard: new Set(),
      present: !this.#away,
      backlog: new Backlog(),
      underWay: new Set(),
      clock,
      turns,
    };
    this.#seats.add(seat);
    return { bus: this.#busOf(seat), leave: () => this.#leave(seat) };
  }

  /** What it has not told yet nobody will ever hear. */
  #leave(seat: Seat) {
    seat.present = false;
    this.#seats.delete(seat);
  }

  async #isBack(seat: Seat) {
    const period = this.#period;
    await seat.turns.take('back at the bus');
    if (period !== this.#period) return;
    seat.present = true;
    seat.heard = new Set(seat.here);
    seat.listener?.back();
    seat.clock.setTimeout(() => seat.present && seat.backlog.tellAll(), OTHERS_BACK_WITHIN_MS);
  }

  /** @returns whether it was told, heard by anybody or not. */
  #tell(from: Seat, userId: string | null, hear: (listener: BusListener) => void): Promise<boolean> {
    const told = this.#pass(from, userId, hear);
    from.underWay.add(told);
    void told.then(() => from.underWay.delete(told));
    return told;
  }

  async #pass(from: Seat, userId: string | null, hear: (listener: BusListener) => void): Promise<boolean> {
    if (!from.present) return false;
    const period = this.#period;
    await this.#turns.take('a note');
    if (!this.#seats.has(from)) {
      this.hasLost = true;
      return true;
    }
    if (period !== this.#period) return false;
    for (const to of this.#seats) {
      if (to === from || !to.present || (userId !== null && !to.heard.has(userId))) continue;
      if (this.faults.drop > 0) {
        this.faults.drop -= 1;
        this.hasLost = true;
        continue;
      }
      void this.#arrive(to, hear);
      if (this.faults.duplicate === 0) continue;
      this.faults.duplicate -= 1;
      void this.#arrive(to, hear);
    }
    return true;
  }

  async #arrive(to: Seat, hear: (listener: BusListener) => void) {
    const period = this.#period;
    await to.turns.take('a note is heard');
    if (to.listener && period === this.#period) hear(to.listener);
  }

  #busOf(seat: Seat): Bus {
    const bus: Bus = {
      listen: (listener) => void (seat.listener = listener),
      async came(userId) {
        seat.here.add(userId);
        if (!seat.present) return;
        await seat.turns.take('subscribe');
        if (seat.present && seat.here.has(userId)) seat.heard.add(userId);
        await seat.turns.take('subscribed');
      },
      left(userId) {
        seat.here.delete(userId);
        seat.heard.delete(userId);
      },
      tellUser: (userId, note) => {
        void this.#tell(seat, userId, (listener) => listener.user(userId, note)).then((told) => {
          if (told) return;
          const again = () => bus.tellUser(userId, note);
          if (note.kind === 'inbox') seat.backlog.keepFirst(`inbox ${userId}`, again);
          else
            seat.backlog.keepLast(
              `${note.kind} ${userId} ${'state' in note ? note.state.postId : ''}`,
              again,
            );
        });
      },
      async tellMany(touched) {
        for (const { userId, from } of touched) bus.tellUser(userId, { kind: 'inbox', from });
      },
      // Counts are read anew by whoever is back, and sessions looked at.
      tellAll: (note) => void this.#tell(seat, null, (listener) => listener.common(note)),
      tellKeeper: () => undefined,
      ping: async () => undefined,
      online: () => null,
      connected: () => Promise.reject(new Error('Nobody knows.')),
      limiter: () => noLimits,
      async close() {
        await Promise.all(seat.underWay);
      },
    };
    return bus;
  }
}

/** What a node has of the bus. */
export interface ModelSeat {
  bus: Bus;
  /** Its process has ended. */
  leave(): void;
}
