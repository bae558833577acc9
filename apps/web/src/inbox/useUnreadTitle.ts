import { useEffect } from 'react';
import { countInTitle } from '../ui/PageTitle.tsx';

export function useUnreadTitle(unread: number) {
  useEffect(() => {
    countInTitle(unread);
    return () => countInTitle(0);
  }, [unread]);
}
