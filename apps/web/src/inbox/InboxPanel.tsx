import { BellRing, CheckCheck, X } from 'lucide-react';
import { sortedItems } from '../realtime/live.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { NotificationItem } from './NotificationItem.tsx';
import { useInbox } from './useInbox.ts';
import { useMarkRead } from './useMarkRead.ts';

/** On a phone a sheet as wide as the screen. */
export function InboxPanel({ onClose }: { onClose(): void }) {
  const inbox = useInbox();
  const { markAllRead } = useMarkRead();
  const items = sortedItems(inbox);
  return (
    <section
      aria-label="Notifications"
      className="flex max-h-[80dvh] animate-rise flex-col overflow-hidden rounded-3xl border border-line bg-raised shadow-float max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-b-none max-sm:pb-[env(safe-area-inset-bottom)] sm:absolute sm:top-full sm:right-0 sm:mt-3 sm:max-h-[min(36rem,80dvh)] sm:w-104"
    >
      <div className="flex items-center gap-1 border-b border-line py-2.5 pr-2.5 pl-4 sm:pl-5">
        <h2 className="mr-auto text-base font-bold">Notifications</h2>
        <Button
          look="quiet"
          className="px-2 whitespace-nowrap sm:px-3"
          aria-disabled={inbox.unread === 0}
          onClick={markAllRead}
        >
          <CheckCheck size={16} className="max-[24rem]:hidden" aria-hidden="true" />
          Mark all as read
        </Button>
        <button
          type="button"
          aria-label="Close"
          onClick={onClose}
          className="grid size-10 place-items-center rounded-full text-muted hover:bg-sunken hover:text-text"
        >
          <X size={18} aria-hidden="true" />
        </button>
      </div>
      {items.length === 0 ? (
        <div className="p-4">
          <Notice icon={<BellRing size={22} />} title="Nothing yet">
            When somebody likes one of your posts, it shows up here at once.
          </Notice>
        </div>
      ) : (
        <ul className="grid min-h-0 gap-0.5 overflow-y-auto overscroll-contain p-1.5">
          {items.map((item) => (
            <NotificationItem key={item.id} notification={item} onOpened={onClose} />
          ))}
        </ul>
      )}
    </section>
  );
}
