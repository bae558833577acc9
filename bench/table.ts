/** Rows of figures as Markdown, with what was to be reached. */
import { candidate } from './candidates.ts';
import type { Measured } from './measure.ts';
import type { Row, Scenario } from './plan.ts';
import { median } from './statistics.ts';

/** By scenario and candidate, one entry per round. */
export type Rounds = Map<string, Measured[]>;
export const roundsKey = (scenario: Pick<Scenario, 'name'>, name: string) => `${scenario.name} ${name}`;

export interface Line {
  letter: string;
  row: Pick<Row, 'title' | 'unit' | 'goal'>;
  ours: number;
  theirs: number | null;
  /** The ratio where there is somebody to compare with, else the figure. */
  result: number;
  spread: [number, number];
  reached: boolean;
}

export function lines(scenarios: readonly Scenario[], rounds: Rounds): Line[] {
  return scenarios.flatMap((scenario) =>
    scenario.rows.flatMap((row) => {
      const ours = figures(rounds, scenario, row.of ?? 'product', row.figure);
      const theirs = row.over ? compared(row, row.over, scenario, rounds) : null;
      return ours.length === 0 || theirs?.length === 0 ? [] : [line(scenario.letter, row, ours, theirs)];
    }),
  );
}

/** @param ours and `theirs`, the figures of each round */
export function line(letter: string, row: Line['row'], ours: number[], theirs: number[] | null): Line {
  // Of the same round each, so that what changes on the machine in the course of time changes both.
  const results = theirs ? ours.map((figure, i) => figure / (theirs[i] ?? Number.NaN)) : ours;
  const result = median(results);
  return {
    letter,
    row,
    ours: median(ours),
    theirs: theirs && median(theirs),
    result,
    spread: [Math.min(...results), Math.max(...results)],
    reached: 'atLeast' in row.goal ? result >= row.goal.atLeast : result <= row.goal.atMost,
  };
}

function compared(
  { figure, of = 'product' }: Row,
  over: NonNullable<Row['over']>,
  scenario: Scenario,
  rounds: Rounds,
) {
  return typeof over === 'string'
    ? figures(rounds, scenario, over, figure)
    : figures(rounds, { name: over.scenario }, of, figure);
}

export function figures(
  rounds: Rounds,
  scenario: Pick<Scenario, 'name'>,
  name: string,
  figure: string,
): number[] {
  return (rounds.get(roundsKey(scenario, name)) ?? []).map(
    (measured) => measured.figures[figure] ?? Number.NaN,
  );
}

export function goalTable(all: readonly Line[]): string {
  return table(
    ['', 'what', 'Live Likes', 'compared with', 'ratio or figure', 'goal', ''],
    all.map(({ letter, row, ours, theirs, result, spread, reached }) => [
      letter,
      row.title,
      `${number(ours)} ${row.unit}`.trim(),
      theirs === null ? '' : `${number(theirs)} ${row.unit}`.trim(),
      `**${number(result)}** (${number(spread[0])} to ${number(spread[1])})`,
      'atLeast' in row.goal ? `≥ ${row.goal.atLeast}` : `≤ ${row.goal.atMost}`,
      reached ? '✓' : '✗',
    ]),
  );
}

/** What each candidate did in a scenario, the medians of its rounds. */
export function candidateTable(scenario: Scenario, rounds: Rounds): string {
  const rows = scenario.candidates.flatMap((name) => {
    const measured = rounds.get(roundsKey(scenario, name)) ?? [];
    const names = Object.keys(measured[0]?.figures ?? {});
    if (names.length === 0) return [];
    const values = names.map((figure) => number(median(figures(rounds, scenario, name, figure))));
    return [{ names, cells: [candidate(name).title, ...values] }];
  });
  return table(
    ['', ...(rows[0]?.names ?? [])],
    rows.map(({ cells }) => cells),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Three digits that count. */
function number(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(digits, 5) });
}
