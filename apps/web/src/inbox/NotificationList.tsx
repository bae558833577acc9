import { type RefObject, useMemo, useRef } from 'react';
import { useLanguage } from '../locales/language.ts';
import { dayName } from '../locales/days.ts';
import { sortedItems } from '../realtime/live.ts';
import { useServerNow } from '../realtime/useServerNow.ts';
import { useArrowKeys } from '../ui/useArrowKeys.ts';
import { groupByDay } from './groupByDay.ts';
import { NoNotifications } from './NoNotifications.tsx';
import { NotificationItem } from './NotificationItem.tsx';
import { OlderNotifications } from './OlderNotifications.tsx';
import { OPENS } from './OpenNotification.tsx';
import { useInbox } from './useInbox.ts';

interface NotificationListProps {
  /** Of the days. */
  heading: 'h2' | 'h3';
  /** The element that scrolls the list, if it is not the page. */
  scroller?: RefObject<HTMLElement | null>;
}

/** All notifications by day, as far down as the reader scrolls. */
export function NotificationList({ heading: Heading, scroller }: NotificationListProps) {
  const language = useLanguage();
  const inbox = useInbox();
  const now = useServerNow();
  const list = useRef<HTMLDivElement>(null);
  useArrowKeys(list, `[${OPENS}]`);
  const days = useMemo(() => groupByDay(sortedItems(inbox), new Date(now)), [inbox, now]);
  return (
    <div ref={list} className="grid gap-2 p-1.5">
      {days.map(({ date, items }) => (
        <section key={dayName(date, new Date(now), language)}>
          <Heading className="px-3.5 pt-2.5 pb-1.5 text-xs font-semibold text-muted">
            {dayName(date, new Date(now), language)}
          </Heading>
          <ul className="grid gap-0.5">
            {items.map((item) => (
              <NotificationItem key={item.id} notification={item} />
            ))}
          </ul>
        </section>
      ))}
      {days.length === 0 && <NoNotifications />}
      <OlderNotifications count={inbox.items.size} scroller={scroller} />
    </div>
  );
}
