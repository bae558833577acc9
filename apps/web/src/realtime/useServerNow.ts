import { useSyncExternalStore } from 'react';
import { useLive } from './LiveContext.tsx';
import { useReadable } from './useReadable.ts';

const TICK_MS = 20_000;

function subscribeToTicks(listener: () => void) {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}

/** Rounded down to the tick, so that between two ticks it is the same value. */
const currentTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** The time by the server's clock, whatever the clock of this machine says; rounded down to 20 s. */
export function useServerNow(): number {
  const now = useSyncExternalStore(subscribeToTicks, currentTick);
  return now + useReadable(useLive().client.clockOffset);
}
