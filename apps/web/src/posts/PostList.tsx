import type { Post } from '@live-likes/contract';
import { CloudOff } from 'lucide';
import { memo, type ReactNode, useDeferredValue, useEffect, useMemo } from 'react';
import { messageOf } from '../http/api.ts';
import { useText } from '../locales/language.ts';
import { Button } from '../ui/Button.tsx';
import { useHistoryEntry } from '../ui/historyEntry.ts';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import type { RowPlace } from '../ui/scrollMemory.ts';
import { postWithFocus } from '../ui/usePageFocus.ts';
import { useRowPlace } from '../ui/useRowPlace.ts';
import { useHiddenPosts } from './DeletionsContext.ts';
import { FeedSkeleton } from './FeedSkeleton.tsx';
import { LoadMore, type MorePosts } from './LoadMore.tsx';
import { PostCard } from './PostCard.tsx';
import { useVirtualRows } from './useVirtualRows.ts';

/** After a reload so many posts are fetched again, at most, to come back to where one was. */
const MOST_TO_RESTORE = 500;

interface PostListProps extends PostsProps {
  status: 'loading' | 'failed' | 'ready';
  /** What is shown may be out of date. */
  refreshFailed: boolean;
  error: unknown;
  retry(): void;
}

interface PostsProps extends MorePosts {
  /** Newest first. */
  posts: readonly Post[];
  actionsOf(post: Post): ReactNode;
  /** Shown when there is no post. */
  empty: ReactNode;
}

/** Posts without end: only those near the screen are in the page, and going back finds them as they were left. */
export function PostList({ refreshFailed, error, retry, ...props }: PostListProps) {
  const t = useText();
  // In slices, so that the page answers meanwhile: the first posts are the most that is rendered at once.
  const status = useDeferredValue(props.status);
  const { key } = useHistoryEntry();
  return (
    <>
      {status === 'loading' && <FeedSkeleton />}
      {(status === 'failed' || refreshFailed) && (
        <Notice
          icon={<Icon of={CloudOff} size={22} />}
          title={status === 'failed' ? t.posts.none : t.posts.outOfDate}
          action={<Button onClick={retry}>{t.app.retry}</Button>}
        >
          {messageOf(error)}
        </Notice>
      )}
      {status === 'ready' && <PostsOfEntry key={key} {...props} />}
    </>
  );
}

function PostsOfEntry({ posts, actionsOf, empty, ...more }: PostsProps) {
  const { hasMore, moreFailed, isFetching, loadMore } = more;
  const { left, note } = useRowPlace();
  const hidden = useHiddenPosts();
  const shown = useMemo(() => posts.filter((post) => !hidden.has(post.id)), [posts, hidden]);

  const restoring =
    left !== undefined &&
    hasMore &&
    !moreFailed &&
    shown.length <= Math.min(left.index, MOST_TO_RESTORE) &&
    !shown.some((post) => post.id === left.id);
  useEffect(() => {
    if (restoring && !isFetching) loadMore();
  }, [restoring, isFetching, loadMore]);

  if (restoring) return <FeedSkeleton />;
  return (
    <>
      {shown.length > 0 ? (
        <Rows posts={shown} actionsOf={actionsOf} hasMore={hasMore} left={left} note={note} />
      ) : (
        !hasMore && empty
      )}
      <LoadMore {...more} count={posts.length} />
    </>
  );
}

interface RowsProps {
  posts: readonly Post[];
  actionsOf(post: Post): ReactNode;
  hasMore: boolean;
  left: RowPlace | undefined;
  note(row: RowPlace | undefined): void;
}

function Rows({ posts, actionsOf, hasMore, left, note }: RowsProps) {
  const ids = useMemo(() => posts.map((post) => post.id), [posts]);
  const { list, track, pieces } = useVirtualRows(ids, left, note);
  const { key, kind } = useHistoryEntry();
  useEffect(() => {
    const post = kind === 'back' && postWithFocus(key);
    if (post && document.activeElement?.matches('body, main, h1'))
      list.current?.querySelector<HTMLElement>(`[data-post-id="${post}"]`)?.focus({ preventScroll: true });
  }, [key, kind, list]);
  return (
    <div ref={list} role="feed" aria-busy={false} className="-mb-4">
      {pieces.map((piece) => {
        if ('gap' in piece) {
          return <div key={`above ${ids[piece.before]}`} aria-hidden="true" style={{ height: piece.gap }} />;
        }
        const post = posts[piece.row];
        if (!post) return null;
        return (
          <div key={post.id} ref={track} data-row={post.id} className="pb-4">
            <Row
              post={post}
              position={piece.row + 1}
              of={hasMore ? -1 : posts.length}
              actionsOf={actionsOf}
            />
          </div>
        );
      })}
    </div>
  );
}

interface RowProps {
  post: Post;
  position: number;
  /** -1: nobody knows yet. */
  of: number;
  actionsOf(post: Post): ReactNode;
}

const Row = memo(function Row({ post, position, of, actionsOf }: RowProps) {
  return <PostCard post={post} actions={actionsOf(post)} aria-posinset={position} aria-setsize={of} />;
});
