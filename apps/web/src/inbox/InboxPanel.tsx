import { X } from 'lucide';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Link } from 'wouter';
import { usePageText } from '../locales/usePageText.ts';
import { LastSeenMark } from '../realtime/LastSeenMark.tsx';
import { Icon } from '../ui/Icon.tsx';
import { MarkAllRead } from './MarkAllRead.tsx';
import { NotificationList } from './NotificationList.tsx';

/** On a phone a sheet as wide as the screen. Takes the focus; closes when the page changes under it. */
export function InboxPanel({ onClose }: { onClose(): void }) {
  const t = usePageText();
  const panel = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const close = useEffectEvent(onClose);
  useEffect(() => panel.current?.focus(), []);
  useEffect(() => {
    const onNavigation = () => close();
    addEventListener('popstate', onNavigation);
    // The router's own event.
    addEventListener('pushState', onNavigation);
    return () => {
      removeEventListener('popstate', onNavigation);
      removeEventListener('pushState', onNavigation);
    };
  }, []);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={t.inbox.title}
      className="flex max-h-[80dvh] animate-rise flex-col overflow-hidden rounded-3xl border border-line bg-raised shadow-float [--plate:var(--raised)] focus-visible:-outline-offset-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)] sm:absolute sm:top-full sm:right-0 sm:mt-3 sm:max-h-[min(36rem,80dvh)] sm:w-104"
    >
      <div className="flex items-center gap-1 border-b border-line py-2.5 pr-2.5 pl-4 max-[24rem]:gap-0 max-[24rem]:pr-1.5 max-[24rem]:pl-3 sm:pl-5">
        <h2 className="mr-auto min-w-0 truncate text-base font-bold max-[24rem]:text-sm">{t.inbox.title}</h2>
        <MarkAllRead />
        <button
          type="button"
          aria-label={t.app.close}
          onClick={onClose}
          className="grid size-10 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-text"
        >
          <Icon of={X} size={18} />
        </button>
      </div>
      <LastSeenMark />
      <div ref={scroller} className="min-h-0 overflow-y-auto overscroll-contain">
        <NotificationList heading="h3" scroller={scroller} />
      </div>
      <Link
        to="/notifications"
        className="flex min-h-11 shrink-0 items-center justify-center border-t border-line px-4 text-sm font-semibold text-accent-text hover:bg-accent-soft focus-visible:-outline-offset-2"
      >
        {t.notifications.seeAll}
      </Link>
    </section>
  );
}
