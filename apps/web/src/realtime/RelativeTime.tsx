import { useLanguage, useText } from '../locales/language.ts';
import { relativeTime, wholeTime } from '../locales/time.ts';
import { useServerNow } from './useServerNow.ts';

/** How long ago something happened by the server's clock. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const t = useText();
  const language = useLanguage();
  const now = useServerNow();
  const date = new Date(at);
  return (
    <time dateTime={at} title={wholeTime(date, language)} className={className}>
      {relativeTime(date, new Date(now), language) ?? t.time.justNow}
    </time>
  );
}
