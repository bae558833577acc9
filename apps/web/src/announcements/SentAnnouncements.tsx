import type { AnnouncementsPage } from '@live-likes/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CloudOff, Megaphone } from 'lucide';
import { messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { MoreButton } from '../ui/MoreButton.tsx';
import { Notice } from '../ui/Notice.tsx';
import { ListSkeleton } from './AnnouncementsSkeleton.tsx';
import { SentAnnouncement } from './SentAnnouncement.tsx';

export const SENT = ['announcements'];
/** Nothing is pushed of what others have read. */
const REFRESH_MS = 3_000;

/** What was sent, newest first, with how far it has come; kept up to date while the page is looked at. */
export function SentAnnouncements() {
  const t = usePageText();
  const { call } = useLive();
  const query = useInfiniteQuery({
    queryKey: SENT,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const before = pageParam === null ? '' : `?before=${encodeURIComponent(pageParam)}`;
      return call<AnnouncementsPage>('GET', `/announcements${before}`);
    },
    getNextPageParam: (page) => page.next,
    refetchOnMount: 'always',
    refetchInterval: REFRESH_MS,
  });
  const sent = query.data?.pages.flatMap((page) => page.announcements);

  return (
    <section aria-labelledby="sent" className="grid gap-4">
      <h2 id="sent" className="mt-4 text-lg font-semibold">
        {t.announcements.sent}
      </h2>
      {query.isPending && <ListSkeleton />}
      {query.isLoadingError && (
        <Notice
          icon={<Icon of={CloudOff} size={22} />}
          title={t.announcements.listFailed}
          action={<Button onClick={() => void query.refetch()}>{t.app.retry}</Button>}
        >
          {messageOf(query.error)}
        </Notice>
      )}
      {query.isRefetchError && <p className="text-sm text-muted">{t.announcements.outOfDate}</p>}
      {sent?.length === 0 && (
        <Notice icon={<Icon of={Megaphone} size={22} />} title={t.announcements.nothingSent}>
          {t.announcements.nothingSentHint}
        </Notice>
      )}
      {sent && sent.length > 0 && (
        <ul className="grid gap-4">
          {sent.map((report) => (
            <SentAnnouncement key={report.id} report={report} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <MoreButton
          className="justify-self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {query.isFetchNextPageError ? t.app.retry : t.announcements.showOlder}
        </MoreButton>
      )}
    </section>
  );
}
