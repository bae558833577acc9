import type { Notification } from '@live-likes/contract';
import { Bell, BellOff } from 'lucide';
import { usePageText } from '../locales/usePageText.ts';
import { Icon } from '../ui/Icon.tsx';
import { useMute } from './useMute.tsx';

interface MuteButtonProps {
  post: NonNullable<Notification['post']>;
  describedBy?: string;
  className?: string;
}

export function MuteButton({ post, describedBy, className = '' }: MuteButtonProps) {
  const t = usePageText();
  const { mute, unmute } = useMute();
  const name = post.muted ? t.notifications.unmute : t.notifications.mute;
  const icon = post.muted ? Bell : BellOff;
  return (
    <button
      type="button"
      aria-label={name}
      aria-describedby={describedBy}
      title={name}
      onClick={() => (post.muted ? unmute(post.id) : mute(post.id))}
      className={`relative z-1 grid size-8 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-text ${className}`}
    >
      <Icon of={icon} size={16} />
    </button>
  );
}
