import type { Notification } from '@live-likes/contract';

/** "Bob liked your post", "Carol and 1 other liked your post"; an announcement's own words. */
export function notificationText({ kind, text, actors, count }: Notification): string {
  if (kind === 'announcement') return text ?? '';
  const name = actors[0]?.name ?? 'Somebody';
  const others = count - 1;
  if (others < 1) return `${name} liked your post`;
  return `${name} and ${plural(others, 'other')} liked your post`;
}

export function awayText(likes: number, posts: number): string {
  return `While you were away: ${plural(likes, 'like')} on ${plural(posts, 'post')}`;
}

export function newPostsText(count: number): string {
  return plural(count, 'new post');
}

function plural(count: number, noun: string) {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const ago = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });
const dayThisYear = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const dayOfAYear = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', year: 'numeric' });

export function relativeTime(date: Date, now: Date): string {
  const past = now.getTime() - date.getTime();
  if (past < MINUTE) return 'just now';
  if (past < HOUR) return ago.format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return ago.format(-Math.floor(past / HOUR), 'hour');
  if (past < 7 * DAY) return ago.format(-Math.floor(past / DAY), 'day');
  return (date.getFullYear() === now.getFullYear() ? dayThisYear : dayOfAYear).format(date);
}

/** Why a screen is back at the login page. */
export function endedText(reason: string): string {
  switch (reason) {
    case 'logout':
      return 'You logged out in another tab.';
    case 'another user is logged in':
      return 'Somebody else logged in with this browser, so this page was closed. Log in again to go on.';
    case 'FORBIDDEN':
      return 'This address may not connect to the server. Open Live Likes at its own address.';
    default:
      return 'Your session has ended. Please log in again.';
  }
}
