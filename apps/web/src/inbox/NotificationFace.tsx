import type { Notification } from '@live-likes/contract';
import { Megaphone } from 'lucide-react';
import { AvatarStack } from '../ui/Avatar.tsx';

export function NotificationFace({
  notification,
  ringClass,
}: {
  notification: Notification;
  ringClass: string;
}) {
  if (notification.kind === 'like') return <AvatarStack users={notification.actors} ringClass={ringClass} />;
  return (
    <span
      className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent"
      aria-hidden="true"
    >
      <Megaphone size={18} />
    </span>
  );
}
