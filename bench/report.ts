/** Writes the figures into `docs/bench.md`, between its marks, and the chart beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { type Bar, barChart } from './chart.ts';
import { candidate, product } from './candidates.ts';
import type { Scenario } from './plan.ts';
import { figures, type Rounds } from './table.ts';
import { median } from './statistics.ts';

const DOCS = join(import.meta.dirname, '../docs');
const PAGE = join(DOCS, 'bench.md');
const BEGIN = '<!-- measured: begin -->';
const END = '<!-- measured: end -->';

export function writeReport(tables: string, charted: readonly Scenario[], rounds: Rounds, often: number) {
  const page = readFileSync(PAGE, 'utf8');
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before < 0 || after < 0) throw new Error(`${PAGE} has lost its marks ${BEGIN} and ${END}.`);
  const measured = `${BEGIN}\n\n${machine(often)}\n\n![Likes per second](bench.svg)\n\n${tables}\n\n`;
  writeFileSync(PAGE, page.slice(0, before) + measured + page.slice(after));
  writeFileSync(join(DOCS, 'bench.svg'), chart(charted, rounds));
}

function machine(often: number): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cpus().length} cores ` +
    `(${cpu?.model ?? 'unknown'}) with ${memory} GiB, in ${often} rounds.`
  );
}

function chart(scenarios: readonly Scenario[], rounds: Rounds): string {
  return barChart(
    scenarios.map((scenario) => ({
      title: `Likes acknowledged per second, ${scenario.load.window ?? 1} under way per person`,
      bars: scenario.candidates.map((name): Bar => {
        const value = median(figures(rounds, scenario, name, 'likesPerSecond'));
        return { title: candidate(name).short, value, isOurs: candidate(name).script === product.script };
      }),
    })),
  );
}
