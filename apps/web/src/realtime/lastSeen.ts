import type { LiveClient } from '@live-likes/client';
import { sortedItems } from '@live-likes/client';
import type { Notification, Post, User } from '@live-likes/contract';

const KEY = 'live-likes.last-seen';
/** To be raised when the shape changes: what another version wrote is of no use. */
const FORMAT = 1;
const POSTS_MAX = 30;
const ITEMS_MAX = 50;
const SETTLE_MS = 2_000;

/** What a user's screen knew when it was last connected. */
export interface LastSeen {
  format: typeof FORMAT;
  /** By the clock of this machine. */
  savedAt: string;
  user: User;
  /** The newest ones, newest first. */
  posts: Post[];
  items: Notification[];
  unread: number;
}

/** What this browser keeps of the user, for a visit without a network. */
export function readLastSeen(userId: string | null): LastSeen | null {
  const seen = read();
  return seen?.user.id === userId ? seen : null;
}

/** Once somebody else is logged in, or nobody, it must not be shown again. */
export function dropLastSeen(isOver: (userId: string) => boolean) {
  try {
    const seen = read();
    if (!seen || isOver(seen.user.id)) localStorage.removeItem(KEY);
  } catch {
    // Where nothing can be removed, nothing could be stored.
  }
}

function read(): LastSeen | null {
  try {
    const seen = JSON.parse(localStorage.getItem(KEY) ?? 'null') as LastSeen | null;
    return seen?.format === FORMAT ? seen : null;
  } catch {
    return null;
  }
}

/** Goes on storing what the screen shows, as long as that is the truth. */
export function keepLastSeen(user: User, { connection, inbox, likes }: LiveClient) {
  let posts: readonly Post[] | null = null;
  let wasLive = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ended = new AbortController();

  function store() {
    clearTimeout(timer);
    timer = undefined;
    if (!posts) return;
    const { unread } = inbox.get();
    const seen: LastSeen = {
      format: FORMAT,
      savedAt: new Date().toISOString(),
      user,
      posts: posts.slice(0, POSTS_MAX).map((post) => withLikes(post)),
      items: sortedItems(inbox.get()).slice(0, ITEMS_MAX),
      unread,
    };
    try {
      localStorage.setItem(KEY, JSON.stringify(seen));
    } catch {
      // Full or forbidden: the next visit needs a network.
    }
  }

  function withLikes(post: Post): Post {
    const known = likes.get(post.id);
    // A wish that is not confirmed dies with the tab.
    return known && !known.pending ? { ...post, liked: known.liked, likeCount: known.likeCount } : post;
  }

  function onChange() {
    if (connection.get() === 'live') timer ??= setTimeout(store, SETTLE_MS);
  }

  function onConnection() {
    const isLive = connection.get() === 'live';
    if (isLive) onChange();
    else if (wasLive) store();
    wasLive = isLive;
  }

  function onLeaving() {
    if (connection.get() === 'live') store();
  }

  const stops = [
    connection.subscribe(onConnection),
    inbox.subscribe(onChange),
    likes.version.subscribe(onChange),
  ];
  addEventListener('pagehide', onLeaving, { signal: ended.signal });
  document.addEventListener('visibilitychange', onLeaving, { signal: ended.signal });

  return {
    /** The feed as it is now. */
    posts(now: readonly Post[]) {
      posts = now;
      onChange();
    },
    close() {
      clearTimeout(timer);
      ended.abort();
      stops.forEach((stop) => stop());
    },
  };
}
