import { WifiOff } from 'lucide';
import { useLanguage, useText } from '../locales/language.ts';
import { clockTime } from '../locales/time.ts';
import { Icon } from '../ui/Icon.tsx';
import { useLastSeenAt } from './useLastSeenAt.ts';

/** Says how old what is shown is, until the server has been reached. */
export function LastSeenMark() {
  const t = useText();
  const language = useLanguage();
  const at = useLastSeenAt();
  if (!at) return null;
  return (
    <p className="flex items-center justify-center gap-2 bg-warn-soft px-4 py-2 text-center text-sm text-warn">
      <Icon of={WifiOff} size={16} className="shrink-0" />
      {t.connection.offlineSince(clockTime(at, language))}
    </p>
  );
}
