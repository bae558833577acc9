import type { Post } from '@live-likes/contract';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useLive } from '../realtime/LiveContext.tsx';
import { RelativeTime } from '../realtime/RelativeTime.tsx';
import { Avatar } from '../ui/Avatar.tsx';

/** `actions`: what can be done with the post; other features put it there. */
export function PostCard({ post, actions }: { post: Post; actions: ReactNode }) {
  const { trackPost } = useLive();
  const { author, body, createdAt, id } = post;
  return (
    <article
      ref={trackPost}
      data-post-id={id}
      aria-label={`Post by ${author.name}`}
      className="rounded-2xl border border-line bg-surface px-4 pt-4 pb-2 shadow-card sm:px-5 sm:pt-5"
    >
      <header className="flex items-center gap-3">
        <Avatar user={author} />
        <div className="min-w-0 flex-1">
          <p dir="auto" className="truncate font-semibold">
            {author.name}
          </p>
          <p className="flex gap-1.5 text-sm text-muted">
            {author.username && <span className="min-w-0 truncate">@{author.username}</span>}
            {author.username && <span aria-hidden="true">·</span>}
            <Link
              to={`/posts/${encodeURIComponent(id)}`}
              className="shrink-0 whitespace-nowrap hover:underline"
            >
              <RelativeTime at={createdAt} />
            </Link>
          </p>
        </div>
      </header>
      <p dir="auto" className="mt-3 leading-relaxed wrap-anywhere whitespace-pre-wrap">
        {body}
      </p>
      <footer className="mt-1.5 -ml-2.5">{actions}</footer>
    </article>
  );
}
