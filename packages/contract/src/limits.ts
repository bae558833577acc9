/** The bounds that both sides know. Sizes in characters, items or bytes; times in milliseconds. */

export const NAME_MAX_LENGTH = 50;
export const POST_MAX_LENGTH = 500;
export const ANNOUNCEMENT_MAX_LENGTH = 500;
export const PUSH_ENDPOINT_MAX_LENGTH = 1_000;
export const ID_MAX_LENGTH = 64;
/** Ids in one `inbox:read` or `posts:watch`. */
export const IDS_MAX = 100;
/** One HTTP body or one socket message. */
export const MESSAGE_MAX_BYTES = 64 * 1024;

export const PAGE_DEFAULT = 20;
export const PAGE_MAX = 50;
/** Notifications in a delta with `reset: true`: the newest ones. */
export const INBOX_RESET_ITEMS = 50;
/** A cursor further behind the head than this gets a reset instead of a list of changes. */
export const INBOX_CATCH_UP_MAX = 200;
/** Most actors named in one notification. */
export const ACTORS_MAX = 3;

export const HEAD_INTERVAL_MS = 20_000;
/** A liker is not announced twice for the same post within this time. */
export const ALERT_QUIET_MS = 10 * 60_000;
