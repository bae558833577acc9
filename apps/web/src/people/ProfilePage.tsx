import type { Profile, User } from '@live-likes/contract';
import { useQuery } from '@tanstack/react-query';
import { CloudOff, SearchX } from 'lucide';
import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { ApiError, messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { Queries } from '../realtime/Queries.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { ProfileHeader } from './ProfileHeader.tsx';
import { ProfileSkeleton } from './ProfileSkeleton.tsx';

/** `postsOf`: what a person wrote; another feature knows how to show that. */
export function ProfilePage({ postsOf }: { postsOf(user: User): ReactNode }) {
  const { username } = useParams<{ username: string }>();
  return (
    <Queries>
      <Person key={username} username={username} postsOf={postsOf} />
    </Queries>
  );
}

function Person({ username, postsOf }: { username: string; postsOf(user: User): ReactNode }) {
  const t = usePageText();
  const { call } = useLive();
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['profile', username],
    queryFn: () => call<Profile>('GET', `/users/${encodeURIComponent(username)}`),
    // Nobody kept a copy of an earlier visit up to date.
    refetchOnMount: 'always',
  });
  // The number of posts changes with them. Whose a deleted one was is not told.
  useLiveEvent('postCreated', ({ author }) => {
    if (author.id === data?.user.id) void refetch();
  });
  useLiveEvent('postDeleted', () => void refetch());
  useLiveEvent('resumed', () => void refetch());

  if (error instanceof ApiError && error.code === 'NOT_FOUND') {
    return (
      <>
        <PageTitle className="sr-only">{t.people.profile}</PageTitle>
        <Notice icon={<Icon of={SearchX} size={22} />} title={t.people.missing}>
          {t.people.missingHint(username)}
        </Notice>
      </>
    );
  }
  if (data) {
    return (
      <>
        <ProfileHeader profile={data} />
        {postsOf(data.user)}
      </>
    );
  }
  if (isError) {
    return (
      <>
        <PageTitle className="sr-only">{t.people.profile}</PageTitle>
        <Notice
          icon={<Icon of={CloudOff} size={22} />}
          title={t.people.failed}
          action={<Button onClick={() => void refetch()}>{t.app.retry}</Button>}
        >
          {messageOf(error)}
        </Notice>
      </>
    );
  }
  return <ProfileSkeleton />;
}
