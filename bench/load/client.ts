/** One connection of one person, on which likes are sent and news are heard. */
import type { WorldPerson } from '../world.ts';
import { type Dialect, type Heard, speaker } from './dialects.ts';
import { WebSocketClient } from './webSocket.ts';

export interface Target {
  port: number;
  dialect: Dialect;
  /** Whether the server follows a login with `session:ready`. */
  saysReady: boolean;
}

export interface ClientEvents {
  /** Of every like, in any order. */
  ack?(id: number, ok: boolean, json: string): void;
  event?(name: string, json: string): void;
  closed?(): void;
  auth?(): object;
}

export interface Client {
  person: WorldPerson;
  /** What it was told when it became ready. */
  ready: Promise<string>;
  /** @param postponed until what has just come in is read, or `flush` */
  like(payload: object): number;
  ask(event: string, payload: object): number;
  flush(): void;
  destroy(): void;
}

export function connect(target: Target, person: WorldPerson, events: ClientEvents = {}): Client {
  const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
  ready.catch(() => undefined);
  const { path, like, ask, hear } = speaker(target.dialect, target.saysReady, () => events.auth?.() ?? {});
  let lastId = 0;
  const heard: Heard = {
    ready: resolve,
    ack: (id, ok, json) => events.ack?.(id, ok, json),
    event: (name, json) => events.event?.(name, json),
  };
  const socket = new WebSocketClient(target.port, path, person.cookie, {
    text(text) {
      const reply = hear(text, heard);
      if (reply !== null) socket.send(reply);
    },
    closed() {
      reject(new Error(`${person.name} was cut`));
      events.closed?.();
    },
  });
  return {
    person,
    ready,
    like(payload) {
      lastId += 1;
      socket.send(like(lastId, payload));
      return lastId;
    },
    ask(event, payload) {
      lastId += 1;
      socket.send(ask(lastId, event, payload));
      return lastId;
    },
    flush: () => socket.flush(),
    destroy: () => socket.destroy(),
  };
}

/** Some at a time, so that the arrivals themselves time nobody out. */
export async function connectAll<T extends { ready: Promise<string> }>(
  people: readonly WorldPerson[],
  open: (person: WorldPerson) => T,
): Promise<T[]> {
  const AT_ONCE = 100;
  const clients: T[] = [];
  for (let i = 0; i < people.length; i += AT_ONCE) {
    const some = people.slice(i, i + AT_ONCE).map(open);
    await Promise.all(some.map(({ ready }) => ready));
    clients.push(...some);
  }
  return clients;
}
