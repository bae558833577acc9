import type { User } from '@live-likes/contract';
import { useId } from 'react';
import { Link } from 'wouter';
import { messageOf } from '../http/api.ts';
import { usePageText } from '../locales/usePageText.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { MoreButton } from '../ui/MoreButton.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { useLikers } from './useLikers.ts';

/** "Who liked this", below a post on its own page. */
export function Likers({ postId }: { postId: string }) {
  const t = usePageText();
  const id = useId();
  const { users, error, retry, hasMore, isLoadingMore, moreFailed, loadMore } = useLikers(postId);
  return (
    <section
      aria-labelledby={id}
      className="rounded-2xl border border-line bg-surface px-4 py-4 shadow-card sm:px-5"
    >
      <h2 id={id} className="font-semibold">
        {t.post.likers}
      </h2>
      {!users && !error && <LikersSkeleton />}
      {!users && error && (
        <div className="mt-2 grid justify-items-start gap-3 text-sm text-muted">
          <p>{messageOf(error)}</p>
          <Button look="secondary" onClick={retry}>
            {t.app.retry}
          </Button>
        </div>
      )}
      {users?.length === 0 && <p className="mt-2 text-sm text-muted">{t.post.noLikers}</p>}
      {users && users.length > 0 && (
        <ul className="-mx-2 mt-2 grid">
          {users.map((user) => (
            <Liker key={user.id} user={user} />
          ))}
        </ul>
      )}
      {users && hasMore && (
        <div className="mt-2 grid justify-items-center gap-2">
          {moreFailed && <p className="text-sm text-muted">{t.post.likersFailed}</p>}
          <MoreButton busy={isLoadingMore} onClick={loadMore}>
            {isLoadingMore ? t.posts.loadingMore : t.posts.loadMore}
          </MoreButton>
        </div>
      )}
    </section>
  );
}

function Liker({ user }: { user: User }) {
  return (
    <li className="min-w-0">
      <Link
        to={`/people/${encodeURIComponent(user.username)}`}
        className="flex min-h-12 items-center gap-3 rounded-xl px-2 py-1.5 hover:bg-sunken"
      >
        <Avatar user={user} className="size-9 text-xs" />
        <span className="min-w-0">
          <span dir="auto" className="block truncate text-sm font-semibold">
            {user.name}
          </span>
          <span className="block truncate text-xs text-muted">@{user.username}</span>
        </span>
      </Link>
    </li>
  );
}

function LikersSkeleton() {
  return (
    <div aria-hidden="true" className="mt-3 grid gap-4">
      {['w-28', 'w-36', 'w-24'].map((width) => (
        <div key={width} className="flex items-center gap-3">
          <Skeleton className="size-9" />
          <Skeleton className={`h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  );
}
