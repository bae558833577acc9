import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Numbers by chance, the same ones in each run: the page shows what anybody can have computed again. */
export type Random = () => number;

/** From 0 up to, but not including, 1. */
export function seededRandom(seed: number): Random {
  const generator = mersenne(seed);
  return () => uniformFloat64(generator);
}

/** Ranks from 1 to `count` by Zipf's law, whose exponent is below 1, with ranks taken for continuous. */
export function zipf(count: number, exponent: number) {
  const power = 1 - exponent;
  const whole = (count + 1) ** power - 1;
  return {
    rank: (random: Random) => Math.floor((1 + random() * whole) ** (1 / power)),
    /** Of all that is drawn, how much is the rank's. */
    share: (rank: number) => ((rank + 1) ** power - rank ** power) / whole,
  };
}

/** Many enough for the normal distribution to stand in for Poisson's. */
const MANY = 50;

/** How many events come where `mean` are expected. */
export function poisson(mean: number, random: Random): number {
  if (mean > MANY) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.max(0, Math.round(mean + normal * Math.sqrt(mean)));
  }
  const limit = Math.exp(-mean);
  let events = 0;
  for (let product = random(); product > limit; product *= random()) events += 1;
  return events;
}

/** One of them, each as likely as the others; not from a seed. */
export function some<T>(all: readonly T[]): T {
  return all[Math.floor(Math.random() * all.length)] as T;
}
