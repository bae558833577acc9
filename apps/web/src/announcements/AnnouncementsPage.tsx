import { Lock } from 'lucide';
import { usePageText } from '../locales/usePageText.ts';
import { Queries } from '../realtime/Queries.tsx';
import { WithMe } from '../realtime/WithMe.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { AnnouncementForm } from './AnnouncementForm.tsx';
import { FormSkeleton, ListSkeleton } from './AnnouncementsSkeleton.tsx';
import { SentAnnouncements } from './SentAnnouncements.tsx';

export function AnnouncementsPage() {
  const t = usePageText();
  const skeleton = (
    <>
      <FormSkeleton />
      <ListSkeleton />
    </>
  );
  return (
    <>
      <PageTitle className="text-2xl font-bold">{t.announcements.title}</PageTitle>
      <WithMe skeleton={skeleton} failedTitle={t.app.noConnection}>
        {({ admin }) =>
          admin ? (
            <Queries>
              <AnnouncementForm />
              <SentAnnouncements />
            </Queries>
          ) : (
            <Notice icon={<Icon of={Lock} size={22} />} title={t.announcements.onlyAdmins}>
              {t.announcements.onlyAdminsHint}
            </Notice>
          )
        }
      </WithMe>
    </>
  );
}
