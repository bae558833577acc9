import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../realtime/LiveContext.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Menu, MenuItem } from '../ui/Menu.tsx';
import { usePopup } from '../ui/usePopup.ts';

export function UserMenu({ onLogOut }: { onLogOut(): void }) {
  const { user } = useLive();
  const [open, setOpen] = useState(false);
  const { root, button, close, toggle } = usePopup(open, setOpen);

  return (
    <div ref={root} className="relative shrink-0">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={toggle}
        className="flex min-h-10 items-center gap-2 rounded-full p-1 transition-colors hover:bg-accent-soft aria-expanded:bg-accent-soft sm:pr-3"
      >
        <Avatar user={user} className="size-8 text-xs" />
        <span dir="auto" className="max-w-32 truncate text-sm font-semibold max-sm:sr-only">
          {user.name}
        </span>
      </button>
      {open && (
        <div className="absolute top-full right-0 mt-3 w-60 animate-rise rounded-2xl border border-line bg-raised p-1.5 shadow-float">
          <div className="mb-1.5 border-b border-line px-3 pt-2 pb-3">
            <p dir="auto" className="truncate text-sm font-semibold">
              {user.name}
            </p>
            {user.username && <p className="truncate text-xs text-muted">@{user.username}</p>}
          </div>
          <Menu label={user.name}>
            <MenuItem
              icon={<LogOut size={16} aria-hidden="true" />}
              onClick={() => {
                close();
                onLogOut();
              }}
            >
              Log out
            </MenuItem>
          </Menu>
        </div>
      )}
    </div>
  );
}
