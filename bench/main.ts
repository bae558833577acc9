/**
 * The benchmarks: the product beside its peers, on the same machine, in alternating order.
 *
 *   --short             looks for wrong results only, in less than a minute
 *   --rounds N          how often each is measured; the median counts
 *   --scenarios A,D     letters or names; all when left out
 *   --candidates LIST   all of a scenario when left out
 *   --seconds N         how long each load lasts
 *   --write             into docs/bench.md and docs/bench.svg
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { candidate } from './candidates.ts';
import { measure } from './measure.ts';
import { scenarios, short } from './plan.ts';
import { measureReads, readLines } from './reads.ts';
import { writeReport } from './report.ts';
import { missingServices, type Services, startServices } from './services.ts';
import { candidateTable, goalTable, lines, type Rounds, roundsKey } from './table.ts';
import { createWorld, type WorldSize } from './world.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    scenarios: { type: 'string' },
    candidates: { type: 'string' },
    seconds: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

const SIZE: WorldSize = { people: values.short ? 1_000 : 10_400, authors: 200, posts: 1_000 };
const rounds = Number(values.rounds ?? (values.short ? 1 : 3));
const wanted = values.scenarios?.split(',');
const names = values.candidates?.split(',');
const chosen = (values.short ? short : scenarios)
  .filter(({ name, letter }) => !wanted || wanted.includes(name) || wanted.includes(letter))
  .map((scenario) => ({
    ...scenario,
    load: { ...scenario.load, ...(values.seconds && { seconds: Number(values.seconds) }) },
    candidates: scenario.candidates.filter((name) => !names || names.includes(name)),
  }));
const needServices = (name: string) => candidate(name).nodes > 0;
const missing = chosen.some(({ candidates }) => candidates.some(needServices)) && missingServices();
if (missing) {
  console.log(`${missing} is not installed: what needs it is left out.`);
  for (const scenario of chosen)
    scenario.candidates = scenario.candidates.filter((name) => !needServices(name));
}

const world = mkdtempSync(join(tmpdir(), 'live-likes-bench-'));
const wrong: string[] = [];
const measured: Rounds = new Map();
let services: Services | undefined;
try {
  await createWorld(world, SIZE);
  if (chosen.some(({ candidates }) => candidates.some(needServices))) services = await startServices(world);
  for (let round = 0; round < rounds; round += 1) {
    for (const scenario of chosen) {
      // The other way round every second time, so that nobody is always the first.
      const order = round % 2 === 0 ? scenario.candidates : scenario.candidates.toReversed();
      for (const name of order) {
        if (!values.short) process.stderr.write(`round ${round + 1}: ${scenario.name}, ${name}\n`);
        const one = await measure(candidate(name), scenario.load, world, services);
        const key = roundsKey(scenario, name);
        measured.set(key, [...(measured.get(key) ?? []), one]);
        wrong.push(...one.wrong.map((sentence) => `${scenario.name}, ${name}: ${sentence}`));
      }
    }
  }
} finally {
  await services?.stop();
  rmSync(world, { recursive: true });
}

const reads = values.short || (wanted && !wanted.includes('F')) ? [] : readLines(await measureReads(rounds));
const goals = goalTable([...lines(chosen, measured), ...reads]);
const details = chosen.map((scenario) => `### ${scenario.name}\n\n${candidateTable(scenario, measured)}`);
console.log(values.short ? goals : [goals, ...details].join('\n\n'));
for (const sentence of wrong) console.log(`wrong: ${sentence}`);
if (values.write) {
  const charted = chosen.filter(({ letter }) => letter === 'A');
  writeReport([goals, ...details].join('\n\n'), charted, measured, rounds);
}
process.exitCode = wrong.length > 0 ? 1 : 0;
