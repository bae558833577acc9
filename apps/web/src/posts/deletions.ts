import { type Readable, writable } from '../realtime/live.ts';
import { ApiError, type Call } from '../http/api.ts';

/** How long a person can change their mind. */
const UNDO_MS = 5_000;
/** Whoever logs out does not wait longer than this for an answer. */
const FLUSH_MS = 2_000;

interface Outcome {
  /** It is under way, and cannot be taken back any more. */
  onSent?(): void;
  /** The post is shown again. */
  onFailed?(error: unknown): void;
}

/** Posts that were deleted here: they are hidden at once, and really deleted when the time to undo is over. */
export interface Deletions {
  hidden: Readable<ReadonlySet<string>>;
  start(postId: string, outcome?: Outcome): void;
  undo(postId: string): void;
  /** The time to undo stands still, or begins anew. */
  hold(postId: string, held: boolean): void;
  /** Deletes what still waits, now. Never rejects. */
  flush(): Promise<void>;
  /** The login is over: what still waits is not deleted, in nobody else's name. */
  close(): void;
}

export function createDeletions(call: Call): Deletions {
  const hidden = writable<ReadonlySet<string>>(new Set());
  const waiting = new Map<string, { outcome: Outcome; timer: ReturnType<typeof setTimeout> | undefined }>();

  function show(postId: string) {
    hidden.set(new Set([...hidden.get()].filter((id) => id !== postId)));
  }

  function take(postId: string): Outcome | undefined {
    const entry = waiting.get(postId);
    clearTimeout(entry?.timer);
    waiting.delete(postId);
    return entry?.outcome;
  }

  async function send(postId: string) {
    const outcome = take(postId);
    if (!outcome) return;
    outcome.onSent?.();
    try {
      await call('DELETE', `/posts/${encodeURIComponent(postId)}`);
    } catch (error) {
      // Somebody was faster: this person, on another device.
      if (error instanceof ApiError && error.code === 'NOT_FOUND') return;
      show(postId);
      outcome.onFailed?.(error);
    }
  }

  const startTimer = (postId: string) => setTimeout(() => void send(postId), UNDO_MS);

  return {
    hidden,
    start(postId, outcome = {}) {
      take(postId);
      waiting.set(postId, { outcome, timer: startTimer(postId) });
      hidden.set(new Set(hidden.get()).add(postId));
    },
    undo(postId) {
      if (take(postId)) show(postId);
    },
    hold(postId, held) {
      const entry = waiting.get(postId);
      if (!entry) return;
      clearTimeout(entry.timer);
      entry.timer = held ? undefined : startTimer(postId);
    },
    async flush() {
      const all = Promise.all([...waiting.keys()].map(send));
      await Promise.race([all, new Promise((resolve) => setTimeout(resolve, FLUSH_MS))]);
    },
    close: () => [...waiting.keys()].forEach(take),
  };
}
