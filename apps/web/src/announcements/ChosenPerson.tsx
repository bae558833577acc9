import type { User } from '@live-likes/contract';
import { X } from 'lucide';
import { isolated } from '../locales/isolated.ts';
import { usePageText } from '../locales/usePageText.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';

export function ChosenPerson({ user, onRemove }: { user: User; onRemove(): void }) {
  const t = usePageText();
  return (
    <li className="flex min-w-0 items-center gap-1.5 rounded-full bg-accent-soft p-0.5 text-sm">
      <Avatar user={user} className="size-7 text-xs" />
      <span dir="auto" className="min-w-0 truncate font-medium">
        {user.name}
      </span>
      <button
        type="button"
        aria-label={t.announcements.remove(isolated(user.name))}
        onClick={onRemove}
        className="grid size-7 shrink-0 place-items-center rounded-full text-muted hover:bg-surface hover:text-text"
      >
        <Icon of={X} size={14} />
      </button>
    </li>
  );
}
