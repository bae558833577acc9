import {
  ErrorCode,
  isPassing,
  type LikeOp,
  type LikeState,
  type Problem,
  type Result,
} from '@live-likes/contract';
import { type Clock, RETRY_MS } from './wire.ts';

export interface LikeQueueDeps {
  /** Names this queue's lifetime to the server; never used twice. */
  clientId: string;
  clock: Clock;
  send(payload: { postId: string; liked: boolean; op: LikeOp }): Promise<Result<LikeState>>;
  /** The wish for a post, as it should show now; null once it is settled. */
  onWish(postId: string, liked: boolean | null): void;
  onState(state: LikeState): void;
  onRefused(postId: string, problem: Problem): void;
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
  let retry: unknown;

  function flush() {
    if (!online) return;
    for (const [postId, intent] of intents) {
      if (intent.sentOn !== connection) void deliver(postId, intent);
    }
  }

  async function deliver(postId: string, intent: Intent) {
    const sentOn = connection;
    intent.sentOn = sentOn;
    const { liked, n } = intent;
    const result = await deps.send({ postId, liked, op: { client: deps.clientId, n } }).catch(() => null);
    if (result?.ok) deps.onState(result.data);
    if (intents.get(postId) !== intent) return;
    if (!result) {
      // The same operation again is harmless: the server knows its number.
      if (sentOn === connection) resend(intent, RETRY_MS);
    } else if (result.ok) {
      settle(postId);
    } else if (isPassing(result.error)) {
      resend(intent, result.error.retryAfterMs ?? RETRY_MS);
    } else {
      settle(postId);
      if (result.error.code !== ErrorCode.UNAUTHENTICATED) deps.onRefused(postId, result.error);
    }
  }

  function resend(intent: Intent, afterMs: number) {
    intent.sentOn = null;
    retry ??= deps.clock.setTimeout(() => {
      retry = undefined;
      flush();
    }, afterMs);
  }

  function settle(postId: string) {
    intents.delete(postId);
    deps.onWish(postId, null);
  }

  return {
    /** Takes a new wish; the one before it for this post is void. */
    set(postId: string, liked: boolean) {
      intents.set(postId, { liked, n: ++lastN, sentOn: null });
      deps.onWish(postId, liked);
      flush();
    },
    connected() {
      connection += 1;
      online = true;
      flush();
    },
    lost() {
      online = false;
    },
    /** Drops every wish, unsent ones too. */
    close() {
      online = false;
      deps.clock.clearTimeout(retry);
      for (const postId of intents.keys()) settle(postId);
    },
  };
}
