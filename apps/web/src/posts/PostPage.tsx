import type { Post } from '@live-likes/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, CloudOff, SearchX } from 'lucide';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'wouter';
import { ApiError, messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive, useLiveEvent } from '../realtime/LiveContext.tsx';
import { Queries } from '../realtime/Queries.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { useHiddenPosts } from './DeletionsContext.ts';
import { useFeed } from './FeedProvider.tsx';
import { FeedSkeleton } from './FeedSkeleton.tsx';
import { Likers } from './Likers.tsx';
import { PostCard } from './PostCard.tsx';

export default function PostPage({ actionsOf }: { actionsOf(post: Post): ReactNode }) {
  const t = usePageText();
  const { postId } = useParams<{ postId: string }>();
  return (
    <>
      <PageTitle className="sr-only">{t.posts.post}</PageTitle>
      <Link
        to="/"
        className="flex min-h-10 items-center gap-2 self-start rounded-full pr-4 pl-3 text-sm font-semibold text-muted hover:bg-accent-soft hover:text-accent-text"
      >
        <Icon of={ArrowLeft} size={18} />
        {t.post.all}
      </Link>
      <Queries>
        <SinglePost key={postId} postId={postId} actionsOf={actionsOf} />
      </Queries>
    </>
  );
}

function SinglePost({ postId, actionsOf }: { postId: string; actionsOf(post: Post): ReactNode }) {
  const t = usePageText();
  const { call, client } = useLive();
  const known = useFeed().shown.find((post) => post.id === postId);
  const [deleted, setDeleted] = useState(false);
  const hidden = useHiddenPosts().has(postId);
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
  if (deleted || hidden || missing) {
    return (
      <Notice icon={<Icon of={SearchX} size={22} />} title={t.post.missing}>
        {t.post.missingHint}
      </Notice>
    );
  }
  const post = query.data ?? known;
  if (post) {
    return (
      <>
        <PostCard post={post} actions={actionsOf(post)} />
        {query.data && <Likers postId={postId} />}
      </>
    );
  }
  if (query.isError) {
    return (
      <Notice
        icon={<Icon of={CloudOff} size={22} />}
        title={t.post.fetchFailed}
        action={<Button onClick={() => void query.refetch()}>{t.app.retry}</Button>}
      >
        {messageOf(query.error)}
      </Notice>
    );
  }
  return <FeedSkeleton />;
}
