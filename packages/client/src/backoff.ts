const FIRST_MS = 300;
const MOST_MS = 5_000;

/** How long to wait before the next try: longer each time, and never the same for two clients. */
export function createBackoff(random: () => number = Math.random) {
  let mean = FIRST_MS;
  return {
    /** In ms: between half and one and a half of a mean that doubles, up to five seconds. */
    next(): number {
      const wait = mean * (0.5 + random());
      mean = Math.min(mean * 2, MOST_MS);
      return wait;
    },
    /** Call when a try has worked, or with the mean that the next wait should have. */
    reset(firstMs = FIRST_MS) {
      mean = Math.min(firstMs, MOST_MS);
    },
  };
}
