/** Chance that can be repeated: by its seed, which the report of the test names. */
import { test } from '@playwright/test';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

export interface Chance {
  seed: number;
  /** From 0 up to, but not including, 1. */
  random: () => number;
  pick: <T>(among: readonly T[]) => T;
}

/** `E2E_SEED` repeats an earlier run. */
export function chance(): Chance {
  const seed = Number(process.env['E2E_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  test.info().annotations.push({ type: 'E2E_SEED', description: String(seed) });
  const random = seeded(seed);
  return { seed, random, pick: (among) => among[Math.floor(random() * among.length)]! };
}

/** The same numbers for the same seed. */
export function seeded(seed: number): () => number {
  const generator = mersenne(seed);
  return () => uniformFloat64(generator);
}
