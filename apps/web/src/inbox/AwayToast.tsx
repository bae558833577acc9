import { Heart } from 'lucide';
import { usePageText } from '../locales/usePageText.ts';
import { Icon } from '../ui/Icon.tsx';

/** What happened while nobody looked; a click opens the inbox. */
export function AwayToast({ likes, posts, onOpen }: { likes: number; posts: number; onOpen(): void }) {
  const t = usePageText();
  return (
    <>
      <span
        className="grid size-9 shrink-0 place-items-center rounded-full bg-accent-soft text-accent-text"
        aria-hidden="true"
      >
        <Icon of={Heart} size={18} className="fill-current" />
      </span>
      <p role="status" aria-live="off" className="min-w-0 flex-1 self-center text-sm font-semibold">
        <button type="button" className="text-left after:absolute after:inset-0" onClick={onOpen}>
          {t.notifications.away(likes, posts)}
        </button>
      </p>
    </>
  );
}
