import { CloudOff, Feather } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Post } from '@live-likes/contract';
import { messageOf } from '../http/api.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Composer } from './Composer.tsx';
import { useFeed } from './FeedProvider.tsx';
import { FeedSkeleton } from './FeedSkeleton.tsx';
import { LoadMore } from './LoadMore.tsx';
import { NewPostsPill } from './NewPostsPill.tsx';
import { PostCard } from './PostCard.tsx';

export function FeedPage({ actionsOf }: { actionsOf(post: Post): ReactNode }) {
  const feed = useFeed();
  return (
    <>
      <h1 className="sr-only">Feed</h1>
      <Composer />
      <NewPostsPill />
      {feed.status === 'loading' && <FeedSkeleton />}
      {(feed.status === 'failed' || feed.refreshFailed) && (
        <Notice
          icon={<CloudOff size={22} />}
          title={feed.status === 'failed' ? 'No posts' : 'These posts may be out of date'}
          action={<Button onClick={feed.retry}>Retry</Button>}
        >
          {messageOf(feed.error)}
        </Notice>
      )}
      {feed.status === 'ready' && feed.shown.length === 0 && (
        <Notice icon={<Feather size={22} />} title="Nothing here yet">
          Write the first post. Whoever is online sees it at once.
        </Notice>
      )}
      {feed.shown.map((post) => (
        <PostCard key={post.id} post={post} actions={actionsOf(post)} />
      ))}
      <LoadMore />
    </>
  );
}
