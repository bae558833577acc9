import type { Post } from '@live-likes/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, CloudOff, SearchX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, messageOf } from '../http/api.ts';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useFeed } from './FeedProvider.tsx';
import { FeedSkeleton } from './FeedSkeleton.tsx';
import { PostCard } from './PostCard.tsx';

export function PostPage({ actionsOf }: { actionsOf(post: Post): ReactNode }) {
  const { postId = '' } = useParams();
  return (
    <>
      <h1 className="sr-only">Post</h1>
      <Link
        to="/"
        className="flex min-h-10 items-center gap-2 self-start rounded-full pr-4 pl-3 text-sm font-semibold text-muted hover:bg-accent-soft hover:text-accent-text"
      >
        <ArrowLeft size={18} aria-hidden="true" />
        All posts
      </Link>
      <SinglePost key={postId} postId={postId} actionsOf={actionsOf} />
    </>
  );
}

function SinglePost({ postId, actionsOf }: { postId: string; actionsOf(post: Post): ReactNode }) {
  const { call, client } = useLive();
  const known = useFeed().shown.find((post) => post.id === postId);
  const [deleted, setDeleted] = useState(false);
  const query = useQuery({
    queryKey: ['post', postId],
    queryFn: async () => {
      const post = await call<Post>('GET', `/posts/${encodeURIComponent(postId)}`);
      client.seen([post]);
      return post;
    },
    placeholderData: known,
    // Nobody kept a copy of an earlier visit up to date.
    refetchOnMount: 'always',
  });
  useLiveEvent('postDeleted', (id) => setDeleted((before) => before || id === postId));
  useLiveEvent('resumed', () => {
    setDeleted(false);
    void query.refetch();
  });

  const missing = query.error instanceof ApiError && query.error.code === 'NOT_FOUND';
  if (deleted || missing) {
    return (
      <Notice icon={<SearchX size={22} />} title="This post does not exist">
        It may have been deleted by its author.
      </Notice>
    );
  }
  if (query.data) return <PostCard post={query.data} actions={actionsOf(query.data)} />;
  if (query.isError) {
    return (
      <Notice
        icon={<CloudOff size={22} />}
        title="The post could not be fetched"
        action={<Button onClick={() => void query.refetch()}>Retry</Button>}
      >
        {messageOf(query.error)}
      </Notice>
    );
  }
  return <FeedSkeleton />;
}
