import { CloudOff } from 'lucide';
import { messageOf } from './http/api.ts';
import { useText } from './locales/language.ts';
import { FeedSkeleton } from './posts/FeedSkeleton.tsx';
import { PageFrame } from './PageFrame.tsx';
import { Button } from './ui/Button.tsx';
import { Icon } from './ui/Icon.tsx';
import { Logo } from './ui/Logo.tsx';
import { Notice } from './ui/Notice.tsx';
import { Skeleton } from './ui/Skeleton.tsx';

/** The first paint of somebody who was logged in here before. */
export function HomeSkeleton() {
  const t = useText();
  return (
    <PageFrame tools={<Skeleton className="size-8" />}>
      <h1 className="sr-only">{t.posts.loading}</h1>
      <Skeleton className="h-32 rounded-2xl!" />
      <FeedSkeleton />
    </PageFrame>
  );
}

/** The first paint of a stranger, who will most likely see the login page next. */
export function Splash() {
  const t = useText();
  return (
    <main className="grid min-h-dvh place-items-center">
      <h1 className="sr-only">{t.app.loading}</h1>
      <Logo className="size-14 animate-pulse" />
    </main>
  );
}

export function LoadFailed({ error, onRetry }: { error: unknown; onRetry(): void }) {
  const t = useText();
  return (
    <PageFrame>
      <h1 className="sr-only">Live Likes</h1>
      <Notice
        icon={<Icon of={CloudOff} size={22} />}
        title={t.app.noConnection}
        action={<Button onClick={onRetry}>{t.app.retry}</Button>}
      >
        {messageOf(error)}
      </Notice>
    </PageFrame>
  );
}
