import { number, plural } from './englishNumbers.ts';

/** What a person reads on the first page, and wherever it is read as well, in English. */
export const en = {
  app: {
    loading: 'Live Likes is loading',
    language: 'Language',
    skipToMain: 'Skip to the posts',
    noConnection: 'No connection',
    retry: 'Retry',
    close: 'Close',
    cancel: 'Cancel',
    broke: 'This page broke',
    brokeHint: 'Nothing is lost: what you did is on the server. Reloading usually helps.',
    reload: 'Reload',
    updateReady: 'A new version is ready.',
    later: 'Later',
  },
  login: {
    title: 'Welcome',
    intro: 'Like a post in one window, and see it arrive in another.',
    continueAs: 'Continue as',
    guest: 'guest',
    orPassword: 'or with a password',
    form: 'Log in',
    username: 'Username',
    password: 'Password',
    submit: 'Log in',
    newHere: 'New here?',
    createAccount: 'Create account',
  },
  showcase: {
    ago: '2 min ago',
    post: 'The first snow of the year, seen from the night train.',
    likers: 'Nadia and 127 others like this',
    title: 'Every like, the moment it lands.',
    intro: 'Never lost, never shown twice, on every screen you own.',
  },
  session: {
    logOut: 'Log out',
    endedElsewhere: 'You logged out in another tab.',
    otherUser: 'Somebody else logged in with this browser, so this page was closed. Log in again to go on.',
    wrongAddress: 'This address may not connect to the server. Open Live Likes at its own address.',
    ended: 'Your session has ended. Please log in again.',
  },
  connection: {
    live: 'Live',
    catchingUp: 'Catching up',
    offline: 'Offline',
    connecting: 'Connecting',
    liveHint: 'Connected: everything arrives as it happens.',
    catchingUpHint: 'Connected: fetching what happened meanwhile.',
    offlineHint: 'Not connected: trying again by itself.',
    online: (count: number) => `${number.format(count)} online`,
    offlineBanner: 'You’re offline. Likes are kept and sent when you’re back.',
    offlineSince: (time: string) => `Offline: as of ${time}`,
  },
  posts: {
    feed: 'Feed',
    loading: 'Loading',
    whatsNew: "What's new?",
    newPost: 'New post',
    post: 'Post',
    tooMany: (count: number) => `${count} too many`,
    left: (count: number) => `${count} left`,
    none: 'No posts',
    outOfDate: 'These posts may be out of date',
    empty: 'Nothing here yet',
    emptyHint: 'Write the first post. Whoever is online sees it at once.',
    moreFailed: 'The next posts could not be fetched.',
    loadingMore: 'Loading…',
    loadMore: 'Load more',
    newPosts: (count: number) => plural(count, 'new post'),
    by: (name: string) => `Post by ${name}`,
    delete: 'Delete post',
    notDeleted: (why: string) => `The post was not deleted: ${why}`,
  },
  likes: {
    like: 'Like',
    waiting: 'Kept here until the server has confirmed it',
    refused: (why: string) => `That click did not count: ${why}`,
    held: (seconds: number) => `Too many likes at once. They are sent in ${seconds} seconds.`,
  },
  inbox: {
    title: 'Notifications',
    bell: (unread: number) => `Notifications, ${number.format(unread)} unread`,
    somebody: 'Somebody',
    liked: (name: string, others: number) =>
      others < 1 ? `${name} liked your post` : `${name} and ${plural(others, 'other')} liked your post`,
    /** Read out by screen readers; not in the words of a pop-up. */
    news: (count: number, from: string | null, unread: number) =>
      `${plural(count, 'new notification')}. ${from === null ? 'The latest is an announcement' : `Latest from ${from}`}. ${number.format(unread)} unread.`,
  },
  time: {
    justNow: 'just now',
  },
  /** What the browser itself finds out. The server's sentences are English, and are shown as they are. */
  problems: {
    NO_ANSWER: 'The server could not be reached. Check your connection and try again.',
    NO_SESSION:
      'The login worked, but this browser did not keep it. Allow cookies for this address and try again.',
    TOO_MANY: 'Too many tries. Wait a moment and try again.',
    INTERNAL: 'Something went wrong. Please try again.',
  } as Problems,
};

/** Sentences for error codes. */
type Problems = { NO_ANSWER: string; NO_SESSION: string; TOO_MANY: string; INTERNAL: string } & Partial<
  Record<string, string>
>;

export type Messages = typeof en;
