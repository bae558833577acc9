import type { Post } from '@live-likes/contract';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { isolated } from '../locales/isolated.ts';
import { useText } from '../locales/language.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { RelativeTime } from '../realtime/RelativeTime.tsx';
import { Avatar } from '../ui/Avatar.tsx';
import { DeletePost } from './DeletePost.tsx';

interface PostCardProps {
  post: Post;
  /** What can be done with the post; other features put it there. */
  actions: ReactNode;
  'aria-posinset'?: number;
  'aria-setsize'?: number;
}

export function PostCard({ post, actions, ...inFeed }: PostCardProps) {
  const t = useText();
  const { trackPost, user } = useLive();
  const { author, body, createdAt, id } = post;
  const profile = `/people/${encodeURIComponent(author.username)}`;
  return (
    <article
      ref={trackPost}
      data-post-id={id}
      // Reached by `J` and `K`.
      tabIndex={-1}
      aria-label={t.posts.by(isolated(author.name))}
      {...inFeed}
      className="rounded-2xl border border-line bg-surface px-4 pt-4 pb-2 shadow-card sm:px-5 sm:pt-5"
    >
      <header className="flex items-center gap-3">
        <Link to={profile} aria-hidden="true" tabIndex={-1} className="rounded-full">
          <Avatar user={author} />
        </Link>
        <div className="min-w-0 flex-1">
          <p className="flex">
            <Link to={profile} dir="auto" className="truncate font-semibold hover:underline">
              {author.name}
            </Link>
          </p>
          <p className="flex gap-1.5 text-sm text-muted">
            <span className="min-w-0 truncate">@{author.username}</span>
            <span aria-hidden="true">·</span>
            <Link
              to={`/posts/${encodeURIComponent(id)}`}
              className="shrink-0 whitespace-nowrap hover:underline"
            >
              <RelativeTime at={createdAt} />
            </Link>
          </p>
        </div>
        {author.id === user.id && <DeletePost postId={id} />}
      </header>
      <p dir="auto" className="mt-3 leading-relaxed wrap-anywhere whitespace-pre-wrap">
        {body}
      </p>
      <footer className="mt-1.5 -ml-2.5">{actions}</footer>
    </article>
  );
}
