import { useEffect, useEffectEvent } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useLive } from '../realtime/LiveContext.tsx';
import { useReadable } from '../realtime/useReadable.ts';
import { useMarkRead } from './useMarkRead.ts';

/** A system notification that was clicked has named itself in the address: `?read=ID`. */
export function useReadFromAddress() {
  const markRead = useMarkRead();
  const isLive = useReadable(useLive().client.connection) === 'live';
  const [pathname, navigate] = useLocation();
  const id = new URLSearchParams(useSearch()).get('read');
  const take = useEffectEvent((read: string) => {
    markRead(read);
    navigate(pathname, { replace: true });
  });
  useEffect(() => {
    if (id && isLive) take(id);
  }, [id, isLive]);
}
