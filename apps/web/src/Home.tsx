import type { Post, User } from '@live-likes/contract';
import { lazy, Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { messageOf } from './http/api.ts';
import { Inbox } from './inbox/Inbox.tsx';
import { LikeButton } from './likes/LikeButton.tsx';
import { useLikeRefusals } from './likes/useLikeRefusals.ts';
import { createDeletions, type Deletions } from './posts/deletions.ts';
import { FeedPage } from './posts/FeedPage.tsx';
import { FeedProvider } from './posts/FeedProvider.tsx';
import { FeedSkeleton } from './posts/FeedSkeleton.tsx';
import { ConnectionStatus } from './realtime/ConnectionStatus.tsx';
import type { Live } from './realtime/live.ts';
import { LiveProvider } from './realtime/LiveContext.tsx';
import { OfflineBanner } from './realtime/OfflineBanner.tsx';
import { UserMenu } from './session/UserMenu.tsx';
import { PageFrame } from './PageFrame.tsx';
import { useOpenedNotifications } from './system/useOpenedNotifications.ts';
import { usePushHere } from './system/usePushHere.ts';
import { explain, Toaster } from './ui/toasts.tsx';
import { useScrollRestoration } from './ui/useScrollRestoration.ts';

const NotFoundPage = lazy(async () => ({ default: (await import('./NotFoundPage.tsx')).NotFoundPage }));
const PostPage = lazy(() => import('./posts/PostPage.tsx'));

const AnnouncementsPage = lazy(() =>
  import('./announcements/AnnouncementsPage.tsx').then((page) => ({ default: page.AnnouncementsPage })),
);
const ProfilePage = lazy(async () => {
  const [{ ProfilePage: Page }, { PersonPosts }] = await Promise.all([
    import('./people/ProfilePage.tsx'),
    import('./posts/PersonPosts.tsx'),
  ]);
  const postsOf = (author: User) => <PersonPosts key={author.id} author={author} actionsOf={likeButtonOf} />;
  return { default: () => <Page postsOf={postsOf} /> };
});
const SettingsPage = lazy(async () => ({
  default: (await import('./settings/SettingsPage.tsx')).SettingsPage,
}));
const NotificationsPage = lazy(async () => ({
  default: (await import('./inbox/NotificationsPage.tsx')).NotificationsPage,
}));

interface HomeProps {
  live: Live;
  logOut(): Promise<void>;
}

/** Everything that a logged-in user sees. One per login: nothing of it outlives the login. */
export function Home({ live, logOut }: HomeProps) {
  const [deletions] = useState(() => createDeletions(live.call));
  async function leave() {
    // In the name of whoever asked for them.
    await deletions.flush();
    await logOut();
  }
  return (
    <LiveProvider value={live}>
      <Screens
        deletions={deletions}
        logOut={() => void leave().catch((error: unknown) => explain(messageOf(error)))}
      />
      <Toaster />
    </LiveProvider>
  );
}

function Screens({ deletions, logOut }: { deletions: Deletions; logOut(): void }) {
  useLikeRefusals();
  useOpenedNotifications();
  usePushHere();
  useScrollRestoration();
  return (
    <FeedProvider deletions={deletions}>
      <PageFrame
        banner={<OfflineBanner />}
        tools={
          <>
            <ConnectionStatus />
            <Inbox />
            <UserMenu onLogOut={logOut} />
          </>
        }
      >
        <Suspense fallback={<FeedSkeleton />}>
          <Switch>
            <Route path="/">
              <FeedPage actionsOf={likeButtonOf} />
            </Route>
            <Route path="/posts/:postId">
              <PostPage actionsOf={likeButtonOf} />
            </Route>
            <Route path="/people/:username">
              <ProfilePage />
            </Route>
            <Route path="/notifications">
              <NotificationsPage />
            </Route>
            <Route path="/announcements">
              <AnnouncementsPage />
            </Route>
            <Route path="/settings">
              <SettingsPage />
            </Route>
            <Route>
              <NotFoundPage />
            </Route>
          </Switch>
        </Suspense>
      </PageFrame>
    </FeedProvider>
  );
}

const likeButtonOf = (post: Post) => <LikeButton postId={post.id} />;
