import { Bell as bell } from 'lucide';
import { useText } from '../locales/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { explain } from '../ui/toasts.tsx';
import { useOnDemand } from '../ui/useOnDemand.ts';
import { usePopup } from '../ui/usePopup.ts';

const MOST_SHOWN = 99;
const loadPanel = () => import('./InboxPanel.tsx');

interface BellProps {
  unread: number;
  open: boolean;
  onOpenChange(open: boolean): void;
}

export function Bell({ unread, open, onOpenChange }: BellProps) {
  const t = useText();
  const { root, button, close, toggle } = usePopup(open, onOpenChange);
  const panel = useOnDemand(loadPanel, open, () => {
    explain(t.problems.NO_ANSWER);
    close();
  });
  return (
    <div ref={root} className="relative shrink-0">
      <button
        ref={button}
        type="button"
        aria-label={unread > 0 ? t.inbox.bell(unread) : t.inbox.title}
        aria-expanded={open}
        data-unread={unread}
        onClick={toggle}
        onPointerEnter={() => void loadPanel().catch(() => undefined)}
        className="relative grid size-10 place-items-center rounded-full transition-colors hover:bg-accent-soft aria-expanded:bg-accent-soft"
      >
        <Icon of={bell} size={20} />
        {unread > 0 && (
          <span
            key={unread}
            aria-hidden="true"
            className="absolute -top-0.5 -right-0.5 grid h-5 min-w-5 animate-pop place-items-center rounded-full bg-accent px-1 text-2xs font-bold text-on-accent tabular-nums ring-2 ring-page"
          >
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </button>
      {open && panel && <panel.InboxPanel onClose={close} />}
    </div>
  );
}
