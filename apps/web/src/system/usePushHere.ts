import { useEffect, useRef } from 'react';
import { useLive } from '../realtime/LiveContext.tsx';
import { useReadable } from '../realtime/useReadable.ts';
import { permission } from './permission.ts';
import { systemWorker } from './onDemand.ts';

/** Has the server push to this browser while no window is open, for as long as its person wants that. */
export function usePushHere() {
  const { call, me } = useLive();
  const known = useReadable(me);
  const allowed = useReadable(permission) === 'granted';
  const pushKey = known?.pushKey ?? null;
  const wanted = known?.settings.system;
  const lastChange = useRef(Promise.resolve());
  useEffect(() => {
    if (wanted === undefined) return;
    const change = async () => {
      const { subscribeToPush, unsubscribeFromPush } = await systemWorker();
      if (wanted && allowed && pushKey !== null) await subscribeToPush(call, pushKey);
      else await unsubscribeFromPush(call);
    };
    // Without it there are still the notifications of an open tab. Who was never asked has nothing to end.
    if (permission.get() !== 'granted') return;
    // One after the other: a subscription that is about to end must not be the one that is told.
    lastChange.current = lastChange.current.then(change).catch(() => undefined);
  }, [call, wanted, allowed, pushKey]);
}
