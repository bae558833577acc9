/**
 * `npm test`: everything that must be green. One line for each part, and the full output of those that fail; the
 * last line gives the sum. Goes on after a failure, so that one run shows all of them.
 *
 * By hand: `node scripts/test.ts check unit` runs some of the suites.
 */
import { checks } from './checks.ts';
import type { Outcome, Part } from './parts.ts';
import { fail, whenAskedToStop } from './processes.ts';
import { bench, e2e, faults, model, nodes, polling, unit } from './suites.ts';

const SUITES: Record<string, Part[]> = {
  model: [model],
  check: checks,
  unit: [unit],
  faults: [faults],
  e2e: [e2e],
  nodes: [nodes],
  polling: [polling],
  bench: [bench],
};
/** It has the lowest priority, and takes what the others leave. */
const BESIDE = ['model'];
/** One after the other; within each, two parts at once. The fault tests mostly wait. */
const STAGES = [['check'], ['unit', 'faults'], ['e2e'], ['nodes'], ['polling'], ['bench']];

whenAskedToStop(130);

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !SUITES[name]);
if (unknown) await fail(`There is no suite named ${unknown}: choose of ${Object.keys(SUITES).join(', ')}.`);

const sum = { passed: 0, failed: 0, skipped: 0 };
const beside = work(partsOf(BESIDE));
for (const stage of STAGES) {
  const waiting = partsOf(stage);
  await Promise.all([work(waiting), work(waiting)]);
}
await beside;
console.log(tally(sum));
process.exitCode = sum.failed > 0 ? 1 : 0;

/** Of those suites that were asked for. */
function partsOf(names: string[]): Part[] {
  return names
    .filter((name) => asked.length === 0 || asked.includes(name))
    .flatMap((name) => SUITES[name] ?? []);
}

async function work(waiting: Part[]): Promise<void> {
  for (let part = waiting.shift(); part; part = waiting.shift()) {
    const start = performance.now();
    const outcome = await part.run();
    for (const key of ['passed', 'failed', 'skipped'] as const) sum[key] += outcome[key];
    show(part.name, outcome, (performance.now() - start) / 1_000);
  }
}

function show(name: string, outcome: Outcome, seconds: number): void {
  const numbers = outcome.passed + outcome.failed + outcome.skipped > 1 ? `: ${tally(outcome)}` : '';
  const note = outcome.note ? `: ${outcome.note}` : '';
  console.log(`${outcome.failed ? '✗' : '✓'} ${name}${numbers}${note} ${seconds.toFixed(1)} s`);
  const shown = outcome.shown ?? (outcome.failed ? outcome.output : '');
  if (shown) console.log(`\n${shown}\n`);
}

function tally({ passed, failed, skipped }: Omit<Outcome, 'output'>): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
