import { useSyncExternalStore } from 'react';
import { relativeTime } from '../locales/en.ts';
import { useLive } from './LiveContext.tsx';
import { useReadable } from './useReadable.ts';

const TICK_MS = 20_000;

function subscribeToTicks(listener: () => void) {
  const timer = setInterval(listener, TICK_MS);
  return () => clearInterval(timer);
}

/** Rounded down to the tick, so that between two ticks it is the same value. */
const currentTick = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

/** How long ago something happened by the server's clock, whatever the clock of this machine says. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useSyncExternalStore(subscribeToTicks, currentTick);
  const offset = useReadable(useLive().client.clockOffset);
  const date = new Date(at);
  return (
    <time dateTime={at} title={date.toLocaleString('en')} className={className}>
      {relativeTime(date, new Date(now + offset))}
    </time>
  );
}
