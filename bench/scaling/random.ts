/** Numbers by chance, the same ones in each run: the page shows what anybody can have computed again. */
export type Random = () => number;

/** Between 0 and 1, of 32 bits (mulberry32): random enough for shares of a load. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
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
