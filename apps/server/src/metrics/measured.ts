import type { Store } from '../storage/store.ts';
import type { Tally } from './tally.ts';

type LikeStore = Pick<Store, 'applyLikes'>;

/** The same, and counts how large its transactions are and how long they take. */
export function measured(store: LikeStore, { batchSize, commitSeconds }: Tally): LikeStore {
  return {
    async applyLikes(batch) {
      batchSize.observe(batch.length);
      const start = performance.now();
      try {
        return await store.applyLikes(batch);
      } finally {
        commitSeconds.observe((performance.now() - start) / 1_000);
      }
    },
  };
}
