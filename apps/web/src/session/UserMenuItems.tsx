import { LogOut, Megaphone, Settings, UserRound } from 'lucide';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { useReadable } from '../realtime/useReadable.ts';
import { Icon } from '../ui/Icon.tsx';
import { Menu, MenuItem, MenuLink } from '../ui/Menu.tsx';

interface UserMenuItemsProps {
  onLogOut(): void;
  onClose(): void;
}

export function UserMenuItems({ onLogOut, onClose }: UserMenuItemsProps) {
  const t = usePageText();
  const { user, me } = useLive();
  const mayAnnounce = useReadable(me)?.admin ?? false;
  return (
    <div className="absolute top-full right-0 mt-3 w-60 animate-rise rounded-2xl border border-line bg-raised p-1.5 shadow-float">
      <div className="mb-1.5 border-b border-line px-3 pt-2 pb-3">
        <p dir="auto" className="truncate text-sm font-semibold">
          {user.name}
        </p>
        {user.username && <p className="truncate text-xs text-muted">@{user.username}</p>}
      </div>
      <Menu label={user.name}>
        <MenuLink
          to={`/people/${encodeURIComponent(user.username)}`}
          icon={<Icon of={UserRound} size={16} />}
          onClick={onClose}
        >
          {t.people.yours}
        </MenuLink>
        {mayAnnounce && (
          <MenuLink to="/announcements" icon={<Icon of={Megaphone} size={16} />} onClick={onClose}>
            {t.announcements.title}
          </MenuLink>
        )}
        <MenuLink icon={<Icon of={Settings} size={16} />} to="/settings" onClick={onClose}>
          {t.settings.title}
        </MenuLink>
        <MenuItem
          icon={<Icon of={LogOut} size={16} />}
          onClick={() => {
            onClose();
            onLogOut();
          }}
        >
          {t.session.logOut}
        </MenuItem>
      </Menu>
    </div>
  );
}
