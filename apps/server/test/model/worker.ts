/** Lives through parts of a run of schedules, one after the other, as they are handed to it. */
import fc from 'fast-check';
import { parentPort } from 'node:worker_threads';
import { ModelDatabase } from './database.ts';
import type { Part, PartResult } from './parts.ts';
import { live, schedule } from './schedule.ts';
import { USERS } from './world.ts';

// What is left to chance would not come back with its seed.
Math.random = () => 0.5;
const database = await ModelDatabase.open(USERS);

parentPort?.on('message', (part: Part) => {
  void check(part).then((result) => parentPort?.postMessage(result));
});
parentPort?.postMessage(null);

async function check({ seed, path, numRuns }: Part): Promise<PartResult> {
  const property = fc.asyncProperty(schedule, (chosen) => live(database, chosen));
  const details = await fc.check(property, { seed, path, numRuns, interruptAfterTimeLimit: undefined });
  if (!details.failed) return { numRuns: details.numRuns, failure: null };
  const [counterexample] = details.counterexample ?? [];
  return {
    numRuns: details.numRuns,
    failure: {
      seed,
      path: details.counterexamplePath ?? '',
      reason:
        details.errorInstance instanceof Error
          ? (details.errorInstance.stack ?? '')
          : String(details.errorInstance),
      nodes: counterexample?.nodes ?? 0,
      users: counterexample?.users ?? [],
      steps: counterexample?.steps.map((step) => JSON.stringify(step)) ?? [],
    },
  };
}
