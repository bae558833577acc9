import type { Sessions } from '../../src/auth/sessions.ts';
import type { Store } from '../../src/storage/store.ts';
import { ModelBus, type ModelSeat } from './bus.ts';
import type { ModelClock, Turns } from './clock.ts';
import type { ModelDatabase } from './database.ts';
import { ServerProcess } from './serverProcess.ts';

export interface ClusterDeps {
  /** How many nodes; one has no bus. */
  size: number;
  clock: ModelClock;
  database: ModelDatabase;
  /** Turns that end with somebody. */
  turnsOf(isAlive: () => boolean): Turns;
  sessionsOf(turns: Turns): Sessions;
  /** Whether the storage fails this call. */
  failsNow(): boolean;
}

interface Node {
  process: ServerProcess;
  seat: ModelSeat | null;
}

/** The nodes of a server on one database, those that run and those that do not, and the bus between them. */
export class Cluster {
  readonly bus: ModelBus | null;
  readonly #deps: ClusterDeps;
  readonly #nodes: (Node | null)[];
  /** Each node reads and commits by itself, one call at a time: nothing of the store is in the nodes. */
  #store: Store | undefined;
  #picked = 0;

  constructor(deps: ClusterDeps) {
    this.#deps = deps;
    this.#nodes = Array.from({ length: deps.size }, () => null);
    this.bus = deps.size > 1 ? new ModelBus(deps.turnsOf(() => true)) : null;
  }

  get running(): ServerProcess[] {
    return this.#nodes.flatMap((node) => node?.process ?? []);
  }

  /** Where a balancer sends what comes now: to one after the other. */
  pick(): ServerProcess | null {
    const { running } = this;
    this.#picked += 1;
    return running[this.#picked % running.length] ?? null;
  }

  startAll() {
    for (const index of this.#nodes.keys()) this.start(index);
  }

  start(index: number) {
    const at = index % this.#nodes.length;
    if (this.#nodes[at]) return;
    const { clock: time, database, turnsOf, sessionsOf, failsNow } = this.#deps;
    if (this.running.length === 0) this.#store = database.start(() => time.now);
    const started: { it: Node | null } = { it: null };
    const isAlive = () => this.#nodes[at] === started.it;
    const turns = turnsOf(isAlive);
    const clock = time.seenBy(isAlive, turns);
    const seat = this.bus?.join(clock, turns) ?? null;
    const process = new ServerProcess({
      clock,
      turns,
      store: this.#store as Store,
      sessions: sessionsOf(turns),
      bus: seat?.bus ?? null,
      failsNow,
    });
    started.it = { process, seat };
    this.#nodes[at] = started.it;
  }

  crash(index: number) {
    // Whatever it had committed, and not told the others.
    if (this.#end(index % this.#nodes.length) && this.bus) this.bus.hasLost = true;
  }

  /** An orderly end. */
  async stop(index: number) {
    const at = index % this.#nodes.length;
    const node = this.#nodes[at];
    await node?.process.stop();
    if (!node || this.#nodes[at] !== node) return;
    // Who waits for longer than a stop does is cut in the middle of it.
    if (node.process.isWriting) this.crash(at);
    else this.#end(at);
  }

  crashAll() {
    for (const at of this.#nodes.keys()) this.#end(at);
  }

  #end(at: number): boolean {
    const node = this.#nodes[at];
    this.#nodes[at] = null;
    node?.seat?.leave();
    node?.process.end();
    return Boolean(node);
  }
}
