import type { Wire } from '@live-likes/client';
import type { Result, LikeState } from '@live-likes/contract';

/** What is heard on a wire. */
export interface Ears {
  onPush(): void;
  onAnswer(postId: string, answer: Result<LikeState>): void;
}

/** The same wire, listened to. */
export function measuredWire(wire: Wire, { onPush, onAnswer }: Ears): Wire {
  return {
    ...wire,
    open(handlers) {
      const { events } = handlers;
      wire.open({
        ...handlers,
        events: {
          ...events,
          'inbox:changed'(delta) {
            onPush();
            events['inbox:changed'](delta);
          },
        },
      });
    },
    async send(event, payload) {
      const answer = await wire.send(event, payload);
      if ('liked' in payload) onAnswer(payload.postId, answer as Result<LikeState>);
      return answer;
    },
  };
}
