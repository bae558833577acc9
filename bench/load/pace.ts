import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `send` at a steady rate, whether or not anybody keeps up, with the moment at which each was due: what a
 * pause of anybody delays is counted from there.
 */
export async function openLoop(
  { rate, seconds }: { rate: number; seconds: number },
  send: (dueAt: number) => void,
): Promise<void> {
  const start = performance.now();
  const total = rate * seconds;
  for (let sent = 0; sent < total;) {
    // The first is due at once.
    const due = Math.min(total, Math.floor(((performance.now() - start) * rate) / 1_000) + 1);
    for (; sent < due; sent += 1) send(start + (sent * 1_000) / rate);
    await sleep(1);
  }
}

/** Resolves when `done` says so, or after `withinMs` with false. */
export async function until(done: () => boolean, withinMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs;
  while (!done()) {
    if (performance.now() > giveUpAt) return false;
    await sleep(10);
  }
  return true;
}
