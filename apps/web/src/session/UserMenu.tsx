import { useState } from 'react';
import { useText } from '../locales/language.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { explain } from '../ui/toasts.tsx';
import { useOnDemand } from '../ui/useOnDemand.ts';
import { usePopup } from '../ui/usePopup.ts';

const loadItems = () => import('./UserMenuItems.tsx');

export function UserMenu({ onLogOut }: { onLogOut(): void }) {
  const t = useText();
  const { user } = useLive();
  const [open, setOpen] = useState(false);
  const { root, button, close, toggle } = usePopup(open, setOpen);
  const items = useOnDemand(loadItems, open, () => {
    explain(t.problems.NO_ANSWER);
    close();
  });

  return (
    <div ref={root} className="relative shrink-0">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={toggle}
        onPointerEnter={() => void loadItems().catch(() => undefined)}
        className="flex min-h-10 items-center gap-2 rounded-full p-1 transition-colors hover:bg-accent-soft aria-expanded:bg-accent-soft sm:pr-3"
      >
        <Avatar user={user} className="size-8 text-xs" />
        <span dir="auto" className="max-w-32 truncate text-sm font-semibold max-sm:sr-only">
          {user.name}
        </span>
      </button>
      {open && items && <items.UserMenuItems onLogOut={onLogOut} onClose={close} />}
    </div>
  );
}
