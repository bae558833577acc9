/** The load: a process of its own, which is told by a message what to do and says in one what came of it. */
import { readWorld } from '../world.ts';
import { Journal } from './journal.ts';
import { scenarios } from './scenarios.ts';
import type { LoadResult, LoadSpec } from './spec.ts';

process.once('message', (spec: LoadSpec) => {
  run(spec).then(
    (result) => process.send?.({ result }, () => process.exit(0)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run(spec: LoadSpec): Promise<LoadResult> {
  const journal = new Journal();
  const wrong: string[] = [];
  const figures = await scenarios[spec.scenario]({
    spec,
    world: readWorld(spec.world),
    journal,
    wrong,
    restart: () =>
      new Promise((resolve) => {
        process.once('message', () => resolve());
        process.send?.({ restart: true });
      }),
  });
  return { figures, wrong, states: journal.states(), heads: [...journal.heads] };
}
