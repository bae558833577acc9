import type { InboxPage } from '@live-likes/contract';
import { PAGE_MAX } from '@live-likes/contract';
import { useState } from 'react';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { useInbox } from './useInbox.ts';

type State = 'idle' | 'loading' | 'failed';

/** What lies below the notifications that are held already. */
export function useOlder() {
  const { call, client } = useLive();
  const { epoch, older } = useInbox();
  const [state, setState] = useState<State>('idle');

  async function load() {
    setState('loading');
    try {
      await client.loadOlder((before) => {
        const from = before === null ? '' : `&before=${encodeURIComponent(before)}`;
        return call<InboxPage>('GET', `/inbox?limit=${PAGE_MAX}${from}`);
      });
      setState('idle');
    } catch {
      setState('failed');
    }
  }

  // What failed for want of a connection is worth another try now.
  useLiveEvent('resumed', () => setState((before) => (before === 'failed' ? 'idle' : before)));

  return { hasOlder: epoch !== null && older !== null, state, load: () => void load() };
}
