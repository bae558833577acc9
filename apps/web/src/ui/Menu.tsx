import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';

const STEP: Record<string, (index: number, count: number) => number> = {
  ArrowDown: (index, count) => (index + 1) % count,
  ArrowUp: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** The items of an open menu button; takes the focus, and moves it with the arrow keys. */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

  useEffect(() => items()[0]?.focus(), []);

  function onKeyDown(event: KeyboardEvent) {
    const step = STEP[event.key];
    if (!step) return;
    event.preventDefault();
    const all = items();
    all[step(all.indexOf(event.target as HTMLElement), all.length)]?.focus();
  }

  return (
    <div ref={menu} role="menu" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

const ITEM =
  'flex min-h-10 w-full items-center gap-2.5 rounded-xl px-3 text-left text-sm font-medium outline-none hover:bg-accent-soft hover:text-accent-text focus:bg-accent-soft focus:text-accent-text';

interface MenuItemProps {
  icon: ReactNode;
  onClick(): void;
  children: ReactNode;
}

export function MenuItem({ icon, onClick, children }: MenuItemProps) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} onClick={onClick} className={ITEM}>
      {icon}
      {children}
    </button>
  );
}

export function MenuLink({ to, icon, onClick, children }: MenuItemProps & { to: string }) {
  return (
    <Link to={to} role="menuitem" tabIndex={-1} onClick={onClick} className={ITEM}>
      {icon}
      {children}
    </Link>
  );
}
