import type { Post } from '@live-likes/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Route, Routes } from 'react-router';
import { ApiError, messageOf } from './http/api.ts';
import { Inbox } from './inbox/Inbox.tsx';
import { LikeButton } from './likes/LikeButton.tsx';
import { useLikeRefusals } from './likes/useLikeRefusals.ts';
import { FeedPage } from './posts/FeedPage.tsx';
import { FeedProvider } from './posts/FeedProvider.tsx';
import { PostPage } from './posts/PostPage.tsx';
import { ConnectionStatus } from './realtime/ConnectionStatus.tsx';
import type { Live } from './realtime/live.ts';
import { LiveProvider } from './realtime/LiveContext.tsx';
import { OfflineBanner } from './realtime/OfflineBanner.tsx';
import { UserMenu } from './session/UserMenu.tsx';
import { PageFrame } from './PageFrame.tsx';
import { explain, Toaster } from './ui/toasts.tsx';
import { useScrollToTop } from './ui/useScrollToTop.ts';

interface HomeProps {
  live: Live;
  logOut(): Promise<void>;
}

/** Everything that a logged-in user sees. One per login: nothing of it outlives the login. */
export function Home({ live, logOut }: HomeProps) {
  const [queries] = useState(createQueries);
  return (
    <LiveProvider value={live}>
      <QueryClientProvider client={queries}>
        <Screens logOut={() => void logOut().catch((error: unknown) => explain(messageOf(error)))} />
        <Toaster />
      </QueryClientProvider>
    </LiveProvider>
  );
}

function Screens({ logOut }: { logOut(): void }) {
  useLikeRefusals();
  useScrollToTop();
  return (
    <FeedProvider>
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
        <Routes>
          <Route path="/" element={<FeedPage actionsOf={likeButtonOf} />} />
          <Route path="/posts/:postId" element={<PostPage actionsOf={likeButtonOf} />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </PageFrame>
    </FeedProvider>
  );
}

const likeButtonOf = (post: Post) => <LikeButton postId={post.id} />;

function NotFound() {
  return (
    <div className="grid justify-items-center gap-3 py-20 text-center">
      <h1 className="text-2xl font-bold">There is no page here</h1>
      <Link to="/" className="font-semibold text-accent-text underline underline-offset-4">
        Back to the posts
      </Link>
    </div>
  );
}

/** What changes comes over the socket, so nothing is fetched again without a reason. */
function createQueries() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Infinity,
        networkMode: 'always',
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiError && error.status < 500 && error.status > 0),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
