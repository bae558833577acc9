import { WifiOff } from 'lucide';
import { useEffect, useState } from 'react';
import { useText } from '../locales/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { LastSeenMark } from './LastSeenMark.tsx';
import { useLive } from './LiveContext.tsx';
import { useLastSeenAt } from './useLastSeenAt.ts';
import { useReadable } from './useReadable.ts';

/** Most breaks heal sooner than this and are not worth a word. */
const PATIENCE_MS = 1_500;

export function OfflineBanner() {
  const offline = useReadable(useLive().client.connection) === 'offline';
  const isOld = useLastSeenAt() !== null;
  return <div aria-live="polite">{isOld ? <LastSeenMark /> : offline && <PatientBanner />}</div>;
}

function PatientBanner() {
  const t = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-center text-sm text-warn">
      <Icon of={WifiOff} size={16} className="shrink-0" />
      {t.connection.offlineBanner}
    </p>
  );
}
