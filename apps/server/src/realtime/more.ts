import type { InboxHead } from '@live-likes/contract';
import type { InboxAnswer } from '../storage/store.ts';

/** Follows a delta that is but the first page with the head, which makes its reader ask for the rest. */
export function tellOfMore(
  reader: { emit(event: 'inbox:head', head: InboxHead): unknown },
  { delta: { epoch, to, unread }, head }: InboxAnswer,
) {
  if (to < head) reader.emit('inbox:head', { epoch, seq: head, unread });
}
