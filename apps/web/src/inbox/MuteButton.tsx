import type { Notification } from '@live-likes/contract';
import { Bell, BellOff } from 'lucide-react';
import { useText } from '../locales/language.ts';
import { useMute } from './useMute.tsx';

interface MuteButtonProps {
  post: NonNullable<Notification['post']>;
  describedBy?: string;
  className?: string;
}

export function MuteButton({ post, describedBy, className = '' }: MuteButtonProps) {
  const t = useText();
  const { mute, unmute } = useMute();
  const name = post.muted ? t.inbox.unmute : t.inbox.mute;
  const Icon = post.muted ? Bell : BellOff;
  return (
    <button
      type="button"
      aria-label={name}
      aria-describedby={describedBy}
      title={name}
      onClick={() => (post.muted ? unmute(post.id) : mute(post.id))}
      className={`relative z-1 grid size-8 shrink-0 place-items-center rounded-full text-muted hover:bg-sunken hover:text-text ${className}`}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
