import type { Clock } from '../clock.ts';
import { unavailable } from '../errors.ts';
import type { Publish } from '../publish.ts';
import type { LikeChange, LikeOutcome, LikeRequest, Store } from '../storage/store.ts';

/**
 * Most likes in one transaction: bounds the time that it holds the database. Few posts and pages of the file are
 * written once for many likes, so larger ones cost less.
 */
const BATCH_MAX = 4_000;
/** A busy inbox is mostly free a moment later; where it is not, it is tried for some two seconds. */
const AGAIN_MIN_MS = 5;
const AGAIN_MAX_MS = 20;
const BUSY_MAX_MS = 2_000;

interface Waiting {
  request: LikeRequest;
  socketId: string | undefined;
  /** How often the inbox was busy. */
  tries: number;
  /** When it was first busy; before that: never. */
  busySince: number;
  resolve(outcome: LikeOutcome): void;
  reject(error: unknown): void;
}

/**
 * Group commit: likes that arrive in the same turn of the event loop, or while a commit is under way,
 * share the next transaction. Each is answered after it, so that an answered like is on disk. Those whose author's
 * inbox is busy are held back for a moment, with all that come after them for the same post; the others go on.
 */
export function createLikeWriter(store: Pick<Store, 'applyLikes'>, publish: Publish, clock: Clock) {
  let waiting: Waiting[] = [];
  let writing = false;
  /** By post, in their order. */
  const held = new Map<string, Waiting[]>();

  function start() {
    if (writing || waiting.length === 0) return;
    writing = true;
    void run();
  }

  async function run() {
    await clock.nextTurn();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH_MAX);
      waiting = waiting.slice(BATCH_MAX);
      await commit(batch);
    }
    writing = false;
  }

  async function commit(batch: Waiting[]) {
    try {
      const { outcomes, touched } = await store.applyLikes(batch.map(({ request }) => request));
      const changes: LikeChange[] = [];
      const busy: Waiting[] = [];
      for (const [i, one] of batch.entries()) {
        const { request, socketId, resolve } = one;
        const outcome = outcomes[i] as LikeOutcome;
        if (outcome.isBusy) {
          busy.push(one);
          continue;
        }
        resolve(outcome);
        if (outcome.changed && outcome.state) {
          changes.push({ userId: request.userId, state: outcome.state, exceptSocket: socketId });
        }
      }
      if (busy.length > 0) hold(busy);
      publish.inboxes(touched);
      publish.likes(changes);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  function hold(busy: Waiting[]) {
    if (held.size === 0) {
      const tries = Math.max(...busy.map((one) => one.tries));
      clock.setTimeout(release, Math.min(AGAIN_MIN_MS * 2 ** tries, AGAIN_MAX_MS));
    }
    for (const one of busy) {
      one.tries += 1;
      one.busySince = Math.min(one.busySince, clock.now());
      const queue = held.get(one.request.postId);
      if (queue) queue.push(one);
      else held.set(one.request.postId, [one]);
    }
    // What has come meanwhile for these posts comes after them.
    waiting = waiting.filter((one) => {
      const before = held.get(one.request.postId);
      before?.push(one);
      return !before;
    });
  }

  function release() {
    const again = [...held.values()].flat();
    held.clear();
    const isTiredOf = ({ busySince }: Waiting) => clock.now() - busySince >= BUSY_MAX_MS;
    const [refused, others] = [again.filter(isTiredOf), again.filter((one) => !isTiredOf(one))];
    for (const { reject } of refused) reject(unavailable(new Error('The inbox of the author stayed busy.')));
    waiting = [...others, ...waiting];
    start();
  }

  return {
    /**
     * Resolves when it is on disk.
     *
     * @param socketId the socket that gets the answer, and so needs no push of it.
     * @throws {Refusal} `UNAVAILABLE` when it is not known to be stored.
     */
    write(request: LikeRequest, socketId?: string): Promise<LikeOutcome> {
      return new Promise((resolve, reject) => {
        const queue = held.get(request.postId) ?? waiting;
        queue.push({ request, socketId, tries: 0, busySince: Infinity, resolve, reject });
        start();
      });
    },
  };
}

export type LikeWriter = ReturnType<typeof createLikeWriter>;
