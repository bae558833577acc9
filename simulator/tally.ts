import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

const MICROSECONDS = 1_000;

/** Durations in ms, in memory that does not grow with their number. */
function createDurations() {
  const all = createHistogram();
  const latest = createHistogram();
  return {
    all,
    /** Since the last line. */
    latest,
    add(ms: number) {
      const microseconds = Math.max(1, Math.round(ms * MICROSECONDS));
      all.record(microseconds);
      latest.record(microseconds);
    },
  };
}

/** What has happened so far, to all people together. */
export function createTally() {
  return {
    /** Likes and un-likes that people made, of which the last ones may wait for an answer. */
    sent: 0,
    acknowledged: 0,
    /** Refusals by code. Those that pass by themselves are tried again by the client, and count each time. */
    refused: new Map<string, number>(),
    /** Likes that were due from somebody all of whose posts waited for an answer. */
    leftOut: 0,
    /** `inbox:changed`. */
    pushes: 0,
    /** From when a like was due to its acknowledgement, */
    toAck: createDurations(),
    /** and to when the client of the post's author told of it. */
    toAuthor: createDurations(),
    /** Why people were logged out. */
    ended: [] as string[],
    refuse(code: string) {
      this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
    },
  };
}
export type Tally = ReturnType<typeof createTally>;

/** The durations below which so many percent are, in ms; null without any. */
export function percentile(durations: RecordableHistogram, percent: number): number | null {
  return durations.count === 0 ? null : durations.percentile(percent) / MICROSECONDS;
}
