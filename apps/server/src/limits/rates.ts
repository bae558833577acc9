/** At most `count` times within `seconds`, which begin with the first time. */
export interface Rate {
  count: number;
  seconds: number;
}

/** Every limit of rate. A setting of its own, `LIMIT_…`, changes each; the README says what they count. */
export const DEFAULT_RATES = {
  LIKES: { count: 300, seconds: 60 },
  LIKE_BURST: { count: 30, seconds: 1 },
  POSTS: { count: 120, seconds: 60 },
  READS: { count: 1_200, seconds: 60 },
  CHANGES: { count: 120, seconds: 60 },
  HANDSHAKES: { count: 120, seconds: 60 },
  STRANGERS: { count: 1_200, seconds: 60 },
  STRANGER_HANDSHAKES: { count: 1_200, seconds: 60 },
  SIGN_UPS: { count: 300, seconds: 600 },
  LOGINS: { count: 300, seconds: 60 },
  LOGIN_FAILURES: { count: 10, seconds: 300 },
} satisfies Record<string, Rate>;

export type LimitName = keyof typeof DEFAULT_RATES;
export type Rates = Record<LimitName, Rate>;

export const LIMIT_NAMES = Object.keys(DEFAULT_RATES) as LimitName[];

/** What one like counts against, through whichever door it comes. */
export const LIKE_LIMITS: readonly LimitName[] = ['LIKE_BURST', 'LIKES'];
