import { ErrorCode } from '@live-likes/contract';
import type { Delivery } from '../push/deliver.ts';

/** Why a connection did not come in. `unknown_sid`: it belongs to another node, or to one that has ended. */
const HANDSHAKE_REFUSALS = [
  'origin',
  'unknown_sid',
  'malformed',
  'unauthenticated',
  'rate_limited',
  'draining',
  'unavailable',
] as const;

/** Counts a value into buckets. */
interface Distribution {
  observe(value: number): void;
}

/**
 * What has happened in this process so far, in plain numbers: to count costs an addition, and only who reads the metrics
 * pays for more.
 */
export interface Tally {
  /** By what they were answered. */
  readonly likes: Record<'ok' | ErrorCode, number>;
  /** To the inboxes of those who are connected. */
  readonly pushes: Record<'sent' | 'lost', number>;
  readonly webPushes: Record<Delivery, number>;
  readonly handshakesRefused: Record<(typeof HANDSHAKE_REFUSALS)[number], number>;
  /** Likes in one transaction, and the seconds until it was on disk, or failed. */
  readonly batchSize: Distribution;
  readonly commitSeconds: Distribution;
}

const UNCOUNTED: Distribution = { observe: () => undefined };

export function createTally(batchSize = UNCOUNTED, commitSeconds = UNCOUNTED): Tally {
  return {
    likes: noneOf(['ok', ...Object.values(ErrorCode)]),
    pushes: noneOf(['sent', 'lost']),
    webPushes: noneOf(['delivered', 'gone', 'later', 'refused']),
    handshakesRefused: noneOf(HANDSHAKE_REFUSALS),
    batchSize,
    commitSeconds,
  };
}

function noneOf<K extends string>(keys: readonly K[]): Record<K, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
}
