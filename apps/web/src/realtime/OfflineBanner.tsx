import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLive } from './LiveContext.tsx';
import { useReadable } from './useReadable.ts';

/** Most breaks heal sooner than this and are not worth a word. */
const PATIENCE_MS = 1_500;

export function OfflineBanner() {
  const offline = useReadable(useLive().client.connection) === 'offline';
  return <div aria-live="polite">{offline && <PatientBanner />}</div>;
}

function PatientBanner() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-center text-sm text-warn">
      <WifiOff size={16} className="shrink-0" aria-hidden="true" />
      You’re offline. Likes are kept and sent when you’re back.
    </p>
  );
}
