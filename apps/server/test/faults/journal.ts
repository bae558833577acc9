import type { Alert, ConnectionState, LiveClient, Wire } from '@live-likes/client';
import type { ServerEventData } from '@live-likes/contract';

/** Everything that one tab was told, in order. Times are those of `performance.now()`. */
export interface Journal {
  alerts: { at: number; epoch: string | null; alert: Alert }[];
  inboxes: { epoch: string | null; cursor: number }[];
  connections: { at: number; state: ConnectionState }[];
  /** The likes that the server said to have taken. */
  acknowledged: { at: number; postId: string; liked: boolean }[];
  /** Posts whose like was taken back, as far as it was sent: the server may have done it and died before it said so. */
  sentBack: Set<string>;
  /** What its person last wanted, by post. */
  wishes: Map<string, boolean>;
  refused: string[];
  /** After what time a server that stopped wanted it back, in ms; null if none did. */
  wantedBackInMs: number | null;
  ended: string | null;
}

export function emptyJournal(): Journal {
  return {
    alerts: [],
    inboxes: [],
    connections: [],
    acknowledged: [],
    sentBack: new Set(),
    wishes: new Map(),
    refused: [],
    wantedBackInMs: null,
    ended: null,
  };
}

/** The same wire, with every answered like, and the goodbye of a server that stops, written down. */
export function overheard(wire: Wire, journal: Journal): Wire {
  return {
    ...wire,
    open(handlers) {
      const events = {
        ...handlers.events,
        'server:draining': ({ reconnectInMs }: ServerEventData['server:draining']) =>
          (journal.wantedBackInMs = reconnectInMs),
      };
      wire.open({ ...handlers, events });
    },
    async send(event, payload) {
      if ('liked' in payload && !payload.liked) journal.sentBack.add(payload.postId);
      const answer = await wire.send(event, payload);
      if (answer.ok && 'liked' in payload) {
        const { postId, liked } = payload;
        journal.acknowledged.push({ at: performance.now(), postId, liked });
      }
      return answer;
    },
  };
}

/** Writes down what the client shows from now on. */
export function keep(journal: Journal, client: LiveClient) {
  client.connection.subscribe(() => {
    journal.connections.push({ at: performance.now(), state: client.connection.get() });
  });
  client.inbox.subscribe(() => {
    const { epoch, cursor } = client.inbox.get();
    journal.inboxes.push({ epoch, cursor });
  });
}
