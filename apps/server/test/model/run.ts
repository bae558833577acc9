/**
 * The model check: the real server core and the real client core live through random schedules of clicks and
 * faults, and must come to rest in the truth every time.
 *
 *   --schedules N   how many; else MODEL_SCHEDULES, else 100,000
 *   --seed S        which ones; else MODEL_SEED, else the same ones every time, so that a run that is red here is red for everybody
 *   --path P        of that seed, the one schedule that failed
 */
import { availableParallelism, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Part, PartResult } from './parts.ts';

const PART = 5_000;
const LOWEST_PRIORITY = 19;

const { values } = parseArgs({
  options: { schedules: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } },
});
const wanted = Number(values.schedules ?? process.env['MODEL_SCHEDULES'] ?? 100_000);
const firstSeed = Number(values.seed ?? process.env['MODEL_SEED'] ?? 5_000);
if (!Number.isSafeInteger(wanted) || wanted < 1 || !Number.isSafeInteger(firstSeed)) {
  throw new Error('Schedules and seed (MODEL_SCHEDULES, MODEL_SEED) must be whole numbers.');
}
const parts: Part[] = values.path
  ? [{ seed: firstSeed, path: values.path, numRuns: 1 }]
  : Array.from({ length: Math.ceil(wanted / PART) }, (_, i) => ({
      seed: firstSeed + i,
      numRuns: Math.min(PART, wanted - i * PART),
    }));

// Whatever measures time beside it comes first.
setPriority(LOWEST_PRIORITY);
const start = performance.now();
let lived = 0;
let failure: PartResult['failure'] = null;

await Promise.all(Array.from({ length: Math.min(parts.length, availableParallelism()) }, work));

const seconds = ((performance.now() - start) / 1_000).toFixed(0);
console.log(`${lived} schedules from seed ${firstSeed}, ${failure ? 1 : 0} failures, ${seconds} s`);
if (failure) {
  const { reason, nodes, users, steps, seed, path } = failure as NonNullable<PartResult['failure']>;
  console.log(
    [reason, `${nodes} ${nodes === 1 ? 'node' : 'nodes'}, tabs of ${users.join(', ')}`, ...steps].join('\n'),
  );
  console.log(`To live through it again: npm run model -- --seed ${seed} --path ${path}`);
}
process.exitCode = failure ? 1 : 0;

/** One worker, until there is nothing left to do. */
async function work(): Promise<void> {
  const worker = new Worker(new URL('worker.ts', import.meta.url));
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (result: PartResult | null) => {
      lived += result?.numRuns ?? 0;
      failure ??= result?.failure ?? null;
      const part = failure ? undefined : parts.shift();
      if (part) worker.postMessage(part);
      else resolve();
    });
  });
  await worker.terminate();
}
