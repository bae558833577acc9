import type { InboxCursor, InboxDelta, InboxHead, Result } from '@live-likes/contract';
import { applyDelta, type Change, emptyInbox, type Inbox } from './inbox.ts';
import { createOlderPages } from './olderPages.ts';
import { type Readable, writable } from './readable.ts';
import { type Clock, RETRY_MS } from './wire.ts';

/** An answer that takes longer comes over a connection that is not worth waiting for. */
const PROBE_MS = 3_000;

export interface InboxFeedDeps {
  clock: Clock;
  /** `inbox:since`; rejects when no answer came. */
  ask(cursor: InboxCursor): Promise<Result<InboxDelta>>;
  /** Whether everything that happened is known, as far as anybody can tell. */
  onCaughtUp(caughtUp: boolean): void;
  onChanges(changes: Change[], from: Inbox, to: Inbox): void;
}

/**
 * Follows one inbox over a connection that may lose, double and reorder what it carries: takes the pushes
 * that fit, and asks for what is missing. One question at a time.
 */
export function createInboxFeed({ clock, ask, onCaughtUp, onChanges }: InboxFeedDeps) {
  const inbox = writable<Inbox>(emptyInbox);
  const olderPages = createOlderPages(inbox);
  /** Between `session:ready`, which says whose connection it is, and its loss. */
  let open = false;
  /** The cursor that the handshake under way asked from. */
  let askedFrom = 0;
  /** Counts the handshakes, so that an answer of an old connection is not taken for news. */
  let handshake = 0;
  let asking = false;
  /** The furthest that was heard of before `session:ready`, or while a question was under way. */
  let heardOf = 0;
  let retry: unknown;
  let probing: unknown;

  /** @param answers the cursor that was asked from, when the delta is an answer. */
  function take(delta: InboxDelta, answers: number | null) {
    const before = inbox.get();
    const applied = applyDelta(before, delta, answers);
    if (applied.kind === 'gap') catchUp(delta.to);
    if (applied.kind !== 'applied') return;
    inbox.set(applied.inbox);
    olderPages.taken(delta);
    onChanges(applied.changes, before, applied.inbox);
  }

  function catchUp(to: number) {
    onCaughtUp(false);
    heardOf = Math.max(heardOf, to);
    void question();
  }

  async function question() {
    const { epoch, cursor } = inbox.get();
    if (asking || epoch === null) return;
    clock.clearTimeout(retry);
    asking = true;
    const asked = handshake;
    const answer = await ask({ epoch, since: cursor }).catch(() => null);
    if (asked !== handshake) return;
    rest();
    if (!answer?.ok) {
      retry = clock.setTimeout(() => void question(), answer?.error.retryAfterMs ?? RETRY_MS);
      return;
    }
    takeAnswer(answer.data, cursor);
  }

  /** An answer may be older than what was heard of while it was on its way, or be a page of more. */
  function takeAnswer(delta: InboxDelta, askedSince: number) {
    const furthest = heardOf;
    heardOf = 0;
    take(delta, askedSince);
    // Not carried on: what was heard of may belong to a history that is gone, and be out of reach.
    if (inbox.get().cursor < furthest) catchUp(0);
    if (!asking) onCaughtUp(true);
  }

  function rest() {
    asking = false;
    clock.clearTimeout(retry);
    clock.clearTimeout(probing);
    probing = undefined;
  }

  function newConnection() {
    handshake += 1;
    rest();
  }

  return {
    inbox: inbox as Readable<Inbox>,
    loadOlder: olderPages.load,
    /** What a handshake asks from; null to begin with. */
    cursor(): InboxCursor | null {
      const { epoch, cursor } = inbox.get();
      askedFrom = cursor;
      return epoch === null ? null : { epoch, since: cursor };
    },
    /** The answer to the handshake's cursor. */
    ready(delta: InboxDelta) {
      newConnection();
      open = true;
      takeAnswer(delta, askedFrom);
    },
    pushed(delta: InboxDelta) {
      if (open) take(delta, null);
      else heardOf = Math.max(heardOf, delta.to);
    },
    head({ epoch, seq }: InboxHead) {
      const known = inbox.get();
      if (!open) heardOf = Math.max(heardOf, seq);
      else if (known.epoch !== epoch || known.cursor !== seq) catchUp(seq);
    },
    /** Asks, though nothing seems to be missing. `onSilence`: there was no answer in time. */
    probe(onSilence: () => void) {
      probing ??= clock.setTimeout(onSilence, PROBE_MS);
      void question();
    },
    lost() {
      open = false;
      heardOf = 0;
      newConnection();
    },
  };
}
