import { Bell as BellIcon } from 'lucide-react';
import { usePopup } from '../ui/usePopup.ts';
import { InboxPanel } from './InboxPanel.tsx';

const MOST_SHOWN = 99;

interface BellProps {
  unread: number;
  open: boolean;
  onOpenChange(open: boolean): void;
}

export function Bell({ unread, open, onOpenChange }: BellProps) {
  const { root, button, close, toggle } = usePopup(open, onOpenChange);
  return (
    <div ref={root} className="relative shrink-0">
      <button
        ref={button}
        type="button"
        aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
        aria-expanded={open}
        data-unread={unread}
        onClick={toggle}
        className="relative grid size-10 place-items-center rounded-full transition-colors hover:bg-accent-soft aria-expanded:bg-accent-soft"
      >
        <BellIcon size={20} aria-hidden="true" />
        {unread > 0 && (
          <span
            key={unread}
            aria-hidden="true"
            className="absolute -top-0.5 -right-0.5 grid h-5 min-w-5 animate-pop place-items-center rounded-full bg-accent px-1 text-[0.6875rem] font-bold text-on-accent tabular-nums ring-2 ring-page"
          >
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </button>
      {open && <InboxPanel onClose={close} />}
    </div>
  );
}
