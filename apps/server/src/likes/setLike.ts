import type { LikeState } from '@live-likes/contract';
import { postNotFound } from '../errors.ts';
import type { LikeOutcome, LikeRequest } from '../storage/store.ts';
import type { LikeWriter } from './likeWriter.ts';

/**
 * Sets whether a user likes a post. Resolves when the state is on disk.
 *
 * @throws {Refusal} `NOT_FOUND`, or `UNAVAILABLE` when nothing could be stored.
 */
export function setLike(writer: LikeWriter, request: LikeRequest, socketId?: string): Promise<LikeState> {
  return writer.write(request, socketId).then(stateOf);
}

function stateOf({ state }: LikeOutcome): LikeState {
  if (!state) throw postNotFound();
  return state;
}
