import { ArrowUp } from 'lucide';
import { useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';
import { useText } from '../locales/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { reader } from '../ui/reader.ts';
import { useFeed } from './FeedProvider.tsx';

const FAR_SCREENS = 3;

/** Instead of a list that jumps under the reader's eyes. */
export function NewPostsPill() {
  const t = useText();
  const { held, reveal } = useFeed();
  const words = useEffectEvent(() => (held > 0 ? t.posts.newPosts(held) : null));
  useEffect(() => {
    if (held > 0) reader.add('new posts', () => words());
  }, [held]);
  return (
    <div className="pointer-events-none sticky top-18 z-10 -my-2 flex h-0 justify-center">
      {held > 0 && (
        <button
          type="button"
          onClick={() => {
            // Before the scroll, which the list would hold in place otherwise.
            flushSync(reveal);
            document.querySelector<HTMLElement>('main article')?.focus({ preventScroll: true });
            // A smooth scroll over thousands of posts is a flicker.
            scrollTo({ top: 0, behavior: scrollY > FAR_SCREENS * innerHeight ? 'instant' : 'smooth' });
          }}
          className="pointer-events-auto flex h-10 animate-rise items-center gap-1.5 rounded-full bg-accent px-4 text-sm font-semibold text-on-accent shadow-float hover:bg-accent-hover"
        >
          <Icon of={ArrowUp} size={16} />
          {t.posts.newPosts(held)}
        </button>
      )}
    </div>
  );
}
