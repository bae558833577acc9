import { Feather } from 'lucide';
import type { ReactNode } from 'react';
import type { Post } from '@live-likes/contract';
import { useText } from '../locales/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { Notice } from '../ui/Notice.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { Composer } from './Composer.tsx';
import { useFeed } from './FeedProvider.tsx';
import { NewPostsPill } from './NewPostsPill.tsx';
import { PostList } from './PostList.tsx';

export function FeedPage({ actionsOf }: { actionsOf(post: Post): ReactNode }) {
  const t = useText();
  const feed = useFeed();
  return (
    <>
      <PageTitle start className="sr-only">
        {t.posts.feed}
      </PageTitle>
      <Composer />
      <NewPostsPill />
      <PostList
        {...feed}
        posts={feed.shown}
        actionsOf={actionsOf}
        empty={
          <Notice icon={<Icon of={Feather} size={22} />} title={t.posts.empty}>
            {t.posts.emptyHint}
          </Notice>
        }
      />
    </>
  );
}
