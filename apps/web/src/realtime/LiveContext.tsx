import { createContext, use, useEffect, useEffectEvent } from 'react';
import type { Live, LiveEvents } from './live.ts';

const LiveContext = createContext<Live | null>(null);

export const LiveProvider = LiveContext.Provider;

/** The login that this screen belongs to. */
export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error('useLive outside of LiveProvider');
  return live;
}

export function useLiveEvent<E extends keyof LiveEvents>(event: E, listener: (value: LiveEvents[E]) => void) {
  const { on } = useLive();
  const onEvent = useEffectEvent(listener);
  useEffect(() => on(event, (value) => onEvent(value)), [on, event]);
}
