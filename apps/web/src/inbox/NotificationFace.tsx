import type { Notification } from '@live-likes/contract';
import { AnnouncementFace } from '../ui/AnnouncementFace.tsx';
import { AvatarStack } from '../ui/AvatarStack.tsx';

interface NotificationFaceProps {
  notification: Notification;
  ringClass: string;
  upright?: boolean;
}

export function NotificationFace({ notification, ...look }: NotificationFaceProps) {
  if (notification.kind === 'like') return <AvatarStack users={notification.actors} {...look} />;
  return <AnnouncementFace />;
}
