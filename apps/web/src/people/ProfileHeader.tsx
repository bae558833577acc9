import type { Profile } from '@live-likes/contract';
import { CalendarDays } from 'lucide';
import { useLanguage } from '../locales/language.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';

export function ProfileHeader({ profile }: { profile: Profile }) {
  const t = usePageText();
  const language = useLanguage();
  const { user: reader } = useLive();
  const { user, joinedAt, postCount } = profile;
  const joined = new Date(joinedAt).toLocaleDateString(language, { dateStyle: 'long' });
  return (
    <header className="flex items-start gap-4 rounded-2xl border border-line bg-surface p-4 shadow-card sm:gap-5 sm:p-5">
      <Avatar user={user} className="size-16 text-xl sm:size-20 sm:text-2xl" />
      <div className="grid min-w-0 flex-1 gap-1">
        <PageTitle
          dir="auto"
          className="line-clamp-3 text-left text-xl leading-tight font-bold wrap-anywhere sm:text-2xl"
        >
          {user.name}
        </PageTitle>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
          <span className="min-w-0 truncate">@{user.username}</span>
          {user.id === reader.id && (
            <span className="rounded-full bg-accent-soft px-2 py-0.5 text-xs font-semibold text-accent-text">
              {t.people.you}
            </span>
          )}
        </p>
        <p className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
          <span className="tabular-nums">{t.people.posts(postCount)}</span>
          <span className="flex items-center gap-1.5">
            <Icon of={CalendarDays} size={15} className="shrink-0" />
            <time dateTime={joinedAt}>{t.people.joined(joined)}</time>
          </span>
        </p>
      </div>
    </header>
  );
}
