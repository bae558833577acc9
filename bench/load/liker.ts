/** A person who likes: sends wishes, keeps them in the journal, and hears where the own inbox ends. */
import type { WorldPerson } from '../world.ts';
import { type Client, connect, type Target } from './client.ts';
import type { Journal } from './journal.ts';
import type { Wish } from './wishes.ts';

export interface Liker extends Client {
  /** @param answered is called with the answer's JSON */
  wish(wish: Wish, answered?: (json: string) => void): void;
}

export function openLiker(
  target: Target,
  journal: Journal,
  person: WorldPerson,
  hear: (name: string, json: string) => void = () => undefined,
): Liker {
  const waiting = new Map<number, (ok: boolean, json: string) => void>();
  let n = 0;
  const client = connect(target, person, {
    ack(id, ok, json) {
      waiting.get(id)?.(ok, json);
      waiting.delete(id);
    },
    event(name, json) {
      if (name === 'inbox:changed') journal.hearDelta(person.id, json);
      hear(name, json);
    },
  });
  void client.ready.then((json) => json && journal.hearDelta(person.id, json)).catch(() => undefined);
  return {
    ...client,
    wish({ postId, liked }, answered) {
      n += 1;
      const settle = journal.wish(person.id, postId, liked);
      const id = client.like({ postId, liked, op: { client: 'bench', n } });
      waiting.set(id, (ok, json) => {
        settle(ok);
        answered?.(json);
      });
    },
  };
}
