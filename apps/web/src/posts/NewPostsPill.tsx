import { ArrowUp } from 'lucide-react';
import { newPostsText } from '../locales/en.ts';
import { useFeed } from './FeedProvider.tsx';

/** Instead of a list that jumps under the reader's eyes. */
export function NewPostsPill() {
  const { held, reveal } = useFeed();
  return (
    <div aria-live="polite" className="pointer-events-none sticky top-18 z-10 -my-2 flex h-0 justify-center">
      {held > 0 && (
        <button
          type="button"
          onClick={() => {
            reveal();
            scrollTo({ top: 0, behavior: 'smooth' });
          }}
          className="pointer-events-auto flex h-10 animate-rise items-center gap-1.5 rounded-full bg-accent px-4 text-sm font-semibold text-on-accent shadow-float hover:bg-accent-hover"
        >
          <ArrowUp size={16} aria-hidden="true" />
          {newPostsText(held)}
        </button>
      )}
    </div>
  );
}
