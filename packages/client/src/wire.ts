import type {
  ClientEvent,
  ClientEventData,
  ClientPayload,
  InboxCursor,
  Problem,
  Result,
  ServerEvent,
  ServerEventData,
} from '@live-likes/contract';

/** Before something is tried again that was refused or not answered, where nobody named another time. */
export const RETRY_MS = 1_000;

/** What a wire tells its owner. */
export interface WireHandlers {
  /** Read anew at every handshake. */
  cursor(): InboxCursor | null;
  events: { [E in Exclude<ServerEvent, 'server:draining'>]: (payload: ServerEventData[E]) => void };
  /** The connection is gone; the wire goes on trying by itself. */
  lost(): void;
  /** The server refuses for good: no valid session, or an origin that may not connect. */
  refused(problem: Problem): void;
}

/**
 * A connection that comes back by itself and may lose anything on the way. The one thing the client
 * core knows of the network, so that a test can drive the core over a network of its own.
 */
export interface Wire {
  open(handlers: WireHandlers): void;
  /** Rejects when no answer came: the call may or may not have been carried out. */
  send<E extends ClientEvent>(event: E, payload: ClientPayload<E>): Promise<Result<ClientEventData[E]>>;
  /** Gives up the connection that there is, and tries at once; for a connection that seems dead, or a long wait. */
  reconnect(): void;
  close(): void;
}

export interface Clock {
  /** The time of day, in ms; it jumps when somebody sets it. */
  now(): number;
  /** Ms since some moment; it never jumps. */
  elapsed(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};
