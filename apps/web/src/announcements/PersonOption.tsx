import type { User } from '@live-likes/contract';
import { useEffect, useRef } from 'react';
import { Avatar } from '../ui/Avatar.tsx';

interface PersonOptionProps {
  id: string;
  user: User;
  /** The one that Enter picks. */
  active: boolean;
  onPick(): void;
}

export function PersonOption({ id, user, active, onPick }: PersonOptionProps) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) option.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- its keys are the combobox's
    <div
      ref={option}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      onClick={onPick}
      className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-xl px-3 py-1.5 ${active ? 'bg-accent-soft text-accent-text' : 'hover:bg-sunken'}`}
    >
      <Avatar user={user} className="size-8 text-xs" />
      <span className="grid min-w-0">
        <span dir="auto" className="truncate text-sm font-semibold">
          {user.name}
        </span>
        <span className="truncate text-xs text-muted">@{user.username}</span>
      </span>
    </div>
  );
}
