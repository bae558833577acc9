import type { Post, User } from '@live-likes/contract';
import { Feather } from 'lucide';
import type { ReactNode } from 'react';
import { isolated } from '../locales/isolated.ts';
import { usePageText } from '../locales/usePageText.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PostList } from './PostList.tsx';
import { useLivePosts } from './useLivePosts.ts';

interface PersonPostsProps {
  author: User;
  actionsOf(post: Post): ReactNode;
}

/** What one person wrote, newest first. */
export function PersonPosts({ author, actionsOf }: PersonPostsProps) {
  const t = usePageText();
  const { user } = useLive();
  const path = `/users/${encodeURIComponent(author.username)}/posts`;
  const list = useLivePosts(path, (post) => post.author.id === author.id);
  return (
    <PostList
      {...list}
      actionsOf={actionsOf}
      empty={
        <Notice icon={<Icon of={Feather} size={22} />} title={t.posts.empty}>
          {author.id === user.id ? t.people.emptyOwn : t.people.emptyOf(isolated(author.name))}
        </Notice>
      }
    />
  );
}
