/**
 * `npm test`: everything that must be green. One line for each part, and the full output of those that fail; the
 * last line gives the sum. Goes on after a failure, so that one run shows all of them.
 *
 * By hand: `node scripts/test.ts check unit` runs some of the suites.
 */
import { checks } from './checks.ts';
import type { Outcome, Part } from './parts.ts';
import { fail, whenAskedToStop } from './processes.ts';
import { e2e, faults, model, unit } from './suites.ts';

interface Suite {
  parts: Part[];
  atOnce: number;
  /** Runs beside the suites that follow: it has the lowest priority, and takes what they leave. */
  beside?: boolean;
}

/** The checks use one core each; the tests measure time, and have the machine for themselves. */
const SUITES: Record<string, Suite> = {
  model: { parts: [model], atOnce: 1, beside: true },
  check: { parts: checks, atOnce: 2 },
  unit: { parts: [unit], atOnce: 1 },
  faults: { parts: [faults], atOnce: 1 },
  e2e: { parts: [e2e], atOnce: 1 },
};

whenAskedToStop(130);

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !SUITES[name]);
if (unknown) await fail(`There is no suite named ${unknown}: choose of ${Object.keys(SUITES).join(', ')}.`);

const sum = { passed: 0, failed: 0, skipped: 0 };
const beside: Promise<unknown>[] = [];
for (const name of asked.length ? asked : Object.keys(SUITES)) {
  const { parts = [], atOnce = 1, beside: isBeside = false } = SUITES[name] ?? {};
  const waiting = [...parts];
  const done = Promise.all(Array.from({ length: atOnce }, () => work(waiting)));
  if (isBeside) beside.push(done);
  else await done;
}
await Promise.all(beside);
console.log(tally(sum));
process.exitCode = sum.failed > 0 ? 1 : 0;

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
  if (outcome.failed && outcome.output) console.log(`\n${outcome.output}\n`);
}

function tally({ passed, failed, skipped }: Omit<Outcome, 'output'>): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
