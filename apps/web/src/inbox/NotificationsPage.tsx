import { useText } from '../locales/language.ts';
import { PageTitle } from '../ui/PageTitle.tsx';
import { MarkAllRead } from './MarkAllRead.tsx';
import { NotificationList } from './NotificationList.tsx';

export function NotificationsPage() {
  const t = useText();
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <PageTitle className="text-2xl font-bold max-[22rem]:text-lg">{t.inbox.title}</PageTitle>
        <MarkAllRead />
      </div>
      <div className="rounded-3xl [--plate:var(--surface)] has-[ul]:border has-[ul]:border-line has-[ul]:bg-surface">
        <NotificationList heading="h2" />
      </div>
    </>
  );
}
