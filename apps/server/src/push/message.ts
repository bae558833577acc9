import { createHash } from 'node:crypto';
import type { Notification, PushMessage } from '@live-likes/contract';

const TOPIC_LENGTH = 32;

/**
 * What one Web Push carries, well under the 4 KB that every push service takes: names and texts are bounded, and
 * addresses of pictures, the longest part, are left out.
 */
export function toMessage(notification: Notification, unread: number): string {
  const actors = notification.actors.map((actor) => ({ ...actor, image: null }));
  return JSON.stringify({ notification: { ...notification, actors }, unread } satisfies PushMessage);
}

/**
 * Names the notification to the push service, which keeps only the newest push of a topic for a device that
 * is away. A hash, since the service need not know our ids.
 */
export function topicOf(notification: Notification): string {
  return createHash('sha256').update(notification.id).digest('base64url').slice(0, TOPIC_LENGTH);
}
