import { Heart } from 'lucide';
import { useState } from 'react';
import { useText } from '../locales/language.ts';
import { useLive } from '../realtime/LiveContext.tsx';
import { useLikes } from '../realtime/useLikes.ts';
import { Icon } from '../ui/Icon.tsx';
import { useShortcutsOn } from '../ui/shortcuts.ts';

export function LikeButton({ postId }: { postId: string }) {
  const t = useText();
  const { client } = useLive();
  const shortcutsOn = useShortcutsOn();
  const likes = useLikes(postId);
  const liked = likes?.liked ?? false;
  // A heart that was red when it came is no event.
  const [clicked, setClicked] = useState(false);
  return (
    <div className="flex items-center gap-0.5 text-sm">
      <button
        type="button"
        aria-label={t.likes.like}
        aria-pressed={liked}
        aria-keyshortcuts={shortcutsOn ? 'L' : undefined}
        data-key="l"
        disabled={!likes}
        onClick={() => {
          setClicked(true);
          client.setLike(postId, !liked);
        }}
        className={`group relative grid size-10 place-items-center rounded-full transition-colors hover:bg-accent-soft ${liked ? 'text-accent-text' : 'text-muted hover:text-accent-text'}`}
      >
        <Icon
          of={Heart}
          size={20}
          className={`transition-transform group-active:scale-85 ${liked ? 'fill-current' : ''} ${liked && clicked ? 'animate-pop' : ''}`}
        />
        {liked && clicked && <span aria-hidden="true" className="burst" />}
        {likes?.pending && <WaitingMark />}
      </button>
      <span
        data-testid="like-count"
        className={`min-w-6 font-medium tabular-nums ${liked ? 'text-accent-text' : 'text-muted'}`}
      >
        {likes?.likeCount}
      </span>
    </div>
  );
}

/** Shows itself only when the answer takes longer than a moment. */
function WaitingMark() {
  const t = useText();
  return (
    <span
      title={t.likes.waiting}
      className="absolute inset-0.5 animate-late rounded-full border-2 border-dotted border-current opacity-70"
    />
  );
}
