import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANTS, mutate } from './mutants.ts';

const ROOT = join(import.meta.dirname, '../../../..');

test.each(MUTANTS)('the fault "$name" can still be built in', (mutant) => {
  const source = readFileSync(join(ROOT, mutant.file), 'utf8');
  expect(mutate(source, mutant)).not.toBe(source);
});
