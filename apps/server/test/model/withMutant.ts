/** Imported before the model check: builds the fault that MUTANT names into the core while it is loaded. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { MUTANTS, mutate } from './mutants.ts';

const mutant = MUTANTS.find(({ name }) => name === process.env['MUTANT']);
if (!mutant) throw new Error(`There is no mutant "${process.env['MUTANT']}".`);

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context);
    if (!url.endsWith(`/${mutant.file}`)) return loaded;
    return { ...loaded, source: mutate(readFileSync(new URL(url), 'utf8'), mutant) };
  },
});
