import type { Random } from './random.ts';

export interface Job {
  /** How many come in a second, at any time. */
  perSecond: number;
  /** For how long one holds the event loop. */
  ms: number;
}

const JOBS = 100_000;

/**
 * How long a job waits for its turn on one event loop, at the 99th percentile in ms: each waits for what is left of
 * those before it (Lindley's recursion). Infinity when more comes than can be done.
 */
export function waitP99(jobs: readonly Job[], random: Random): number {
  const rate = jobs.reduce((sum, { perSecond }) => sum + perSecond, 0);
  const load = jobs.reduce((sum, { perSecond, ms }) => sum + (perSecond * ms) / 1_000, 0);
  if (load >= 1) return Infinity;
  const waits = new Float64Array(JOBS);
  let wait = 0;
  for (let i = 0; i < JOBS; i += 1) {
    waits[i] = wait;
    const took = some(jobs, rate, random).ms;
    const untilNext = (-Math.log(1 - random()) * 1_000) / rate;
    wait = Math.max(0, wait + took - untilNext);
  }
  return waits.toSorted()[Math.floor(JOBS * 0.99)] ?? Number.NaN;
}

function some(jobs: readonly Job[], rate: number, random: Random): Job {
  let left = random() * rate;
  for (const job of jobs) {
    left -= job.perSecond;
    if (left < 0) return job;
  }
  return jobs.at(-1) as Job;
}
