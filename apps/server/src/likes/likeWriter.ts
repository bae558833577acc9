import type { Clock } from '../clock.ts';
import type { Publish } from '../publish.ts';
import type { LikeChange, LikeOutcome, LikeRequest, Store } from '../storage/store.ts';

/**
 * Most likes in one transaction: bounds the time that it holds the database. Few posts and pages of the file are
 * written once for many likes, so larger ones cost less.
 */
const BATCH_MAX = 4_000;

interface Waiting {
  request: LikeRequest;
  socketId: string | undefined;
  resolve(outcome: LikeOutcome): void;
  reject(error: unknown): void;
}

/**
 * Group commit: likes that arrive in the same turn of the event loop, or while a commit is under way,
 * share the next transaction. Each is answered after it, so that an answered like is on disk.
 */
export function createLikeWriter(store: Pick<Store, 'applyLikes'>, publish: Publish, clock: Clock) {
  let waiting: Waiting[] = [];
  let writing = false;

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
      for (const [i, { request, socketId, resolve }] of batch.entries()) {
        const outcome = outcomes[i] as LikeOutcome;
        resolve(outcome);
        if (outcome.changed && outcome.state) {
          changes.push({ userId: request.userId, state: outcome.state, exceptSocket: socketId });
        }
      }
      publish.inboxes(touched);
      publish.likes(changes);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return {
    /** @param socketId the socket that gets the answer, and so needs no push of it. */
    write(request: LikeRequest, socketId?: string): Promise<LikeOutcome> {
      return new Promise((resolve, reject) => {
        waiting.push({ request, socketId, resolve, reject });
        if (writing) return;
        writing = true;
        void run();
      });
    },
  };
}

export type LikeWriter = ReturnType<typeof createLikeWriter>;
