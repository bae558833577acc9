/** Chance that can be repeated: by its seed, which the report of the test names. */
import { test } from '@playwright/test';

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
  const random = mulberry32(seed);
  return { seed, random, pick: (among) => among[Math.floor(random() * among.length)]! };
}

/** A small generator of random numbers that a seed repeats. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
