import { useEffect, useRef } from 'react';
import { standFor, type TabRole } from './tabRole.ts';

/** Stands for a role while `wanted`; the answer says whether this tab holds it now. */
export function useTabRole(name: string, wanted: boolean, mode?: LockMode): () => boolean {
  const role = useRef<TabRole | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const own = standFor(name, mode);
    role.current = own;
    return () => {
      role.current = null;
      own.giveUp();
    };
  }, [name, wanted, mode]);
  return () => role.current?.held() ?? false;
}
