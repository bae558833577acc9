import {
  ErrorCode,
  isPassing,
  type LikeOp,
  type LikeState,
  type Problem,
  type Result,
} from '@live-likes/contract';
import { type Clock, RETRY_MS } from './wire.ts';

/** Of many wishes, so many are under way at a time: what came to wait offline is not sent as a flood. */
const MOST_UNDER_WAY = 20;

export interface LikeQueueDeps {
  /** Names this queue's lifetime to the server; never used twice. */
  clientId: string;
  clock: Clock;
  send(payload: { postId: string; liked: boolean; op: LikeOp }): Promise<Result<LikeState>>;
  /** The wish for a post, as it should show now; null once it is settled. */
  onWish(postId: string, liked: boolean | null): void;
  onState(state: LikeState): void;
  onRefused(postId: string, problem: Problem): void;
  /** The server wants no more likes for so long; they wait, and are sent by themselves. */
  onHeld(forMs: number): void;
}

interface Intent {
  liked: boolean;
  n: number;
  /** The connection that it was last sent on. */
  sentOn: number | null;
}

/**
 * Keeps the latest wish per post until the server has answered it. Belongs to one user's login: it
 * sends on a connection that was confirmed as theirs, and is thrown away with the login.
 */
export function createLikeQueue(deps: LikeQueueDeps) {
  const intents = new Map<string, Intent>();
  let lastN = 0;
  /** Counts the connections, so that an answer of an old one is told from an answer of this one. */
  let connection = 0;
  let online = false;
  /** Sent on this connection and not answered yet. */
  let underWay = 0;
  /** Nothing is sent before this moment. */
  let heldUntil = -Infinity;
  let hold: unknown;

  function flush() {
    if (!online || hold !== undefined) return;
    for (const [postId, intent] of intents) {
      if (underWay >= MOST_UNDER_WAY) return;
      if (intent.sentOn !== connection) void deliver(postId, intent);
    }
  }

  async function deliver(postId: string, intent: Intent) {
    const sentOn = connection;
    intent.sentOn = sentOn;
    underWay += 1;
    const { liked, n } = intent;
    const result = await deps.send({ postId, liked, op: { client: deps.clientId, n } }).catch(() => null);
    if (result?.ok) deps.onState(result.data);
    if (sentOn === connection) underWay -= 1;
    const passing = result?.ok === false && isPassing(result.error);
    // The others would be refused, too.
    if (passing) holdAsTold(result.error);
    if (intents.get(postId) === intent) {
      if (passing) {
        intent.sentOn = null;
      } else if (result) {
        settle(postId);
        if (!result.ok && result.error.code !== ErrorCode.UNAUTHENTICATED)
          deps.onRefused(postId, result.error);
      } else if (sentOn === connection && online) {
        // The same operation again is harmless: the server knows its number.
        intent.sentOn = null;
        holdFor(RETRY_MS);
      }
    }
    flush();
  }

  function holdAsTold({ code, retryAfterMs = RETRY_MS }: Problem) {
    if (hold === undefined && code === ErrorCode.RATE_LIMITED) deps.onHeld(retryAfterMs);
    holdFor(retryAfterMs);
  }

  function holdFor(ms: number) {
    heldUntil = Math.max(heldUntil, deps.clock.elapsed() + ms);
    hold ??= deps.clock.setTimeout(release, ms);
  }

  function release() {
    const left = heldUntil - deps.clock.elapsed();
    hold = left > 0 ? deps.clock.setTimeout(release, left) : undefined;
    flush();
  }

  function settle(postId: string) {
    intents.delete(postId);
    deps.onWish(postId, null);
  }

  return {
    /** Takes a new wish; the one before it for this post is void. */
    set(postId: string, liked: boolean) {
      // At the end: wishes are sent in their order.
      intents.delete(postId);
      intents.set(postId, { liked, n: ++lastN, sentOn: null });
      deps.onWish(postId, liked);
      flush();
    },
    connected() {
      connection += 1;
      underWay = 0;
      online = true;
      flush();
    },
    lost() {
      online = false;
    },
    /** Drops every wish, unsent ones too. */
    close() {
      online = false;
      deps.clock.clearTimeout(hold);
      for (const postId of intents.keys()) settle(postId);
    },
  };
}
