import { Heart } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../realtime/LiveContext.tsx';
import { useLikes } from './useLikes.ts';

export function LikeButton({ postId }: { postId: string }) {
  const { client } = useLive();
  const likes = useLikes(postId);
  const liked = likes?.liked ?? false;
  // A heart that was red when it came is no event.
  const [clicked, setClicked] = useState(false);
  return (
    <div className="flex items-center gap-0.5 text-sm">
      <button
        type="button"
        aria-label="Like"
        aria-pressed={liked}
        disabled={!likes}
        onClick={() => {
          setClicked(true);
          client.setLike(postId, !liked);
        }}
        className={`group relative grid size-10 place-items-center rounded-full transition-colors hover:bg-accent-soft ${liked ? 'text-accent-text' : 'text-muted hover:text-accent-text'}`}
      >
        <Heart
          size={20}
          aria-hidden="true"
          className={`transition-transform group-active:scale-85 ${liked ? 'fill-current' : ''} ${liked && clicked ? 'animate-pop' : ''}`}
        />
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
  return (
    <span
      title="Kept here until the server has confirmed it"
      className="absolute inset-0.5 animate-late rounded-full border-2 border-dotted border-current opacity-70"
    />
  );
}
