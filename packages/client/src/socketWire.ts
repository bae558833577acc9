import {
  type ClientToServerEvents,
  ErrorCode,
  type Problem,
  type ServerToClientEvents,
} from '@live-likes/contract';
import { Manager, type Socket } from 'socket.io-client';
import { createBackoff } from './backoff.ts';
import type { Wire } from './wire.ts';

const ACK_TIMEOUT_MS = 10_000;
/** How long a try may take until `session:ready`: a connection that never gets there is as good as none. */
const TRY_MS = 10_000;
/** A try that has just begun deserves its chance, whatever the reason to try anew. */
const FRESH_TRY_MS = 3_000;
const FORBIDDEN_STATUS = 403;
/** Every other refusal may pass by itself. */
const FINAL: ReadonlySet<ErrorCode> = new Set([ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN]);

export interface SocketWireOptions {
  /** Origin of the server. */
  url: string;
  /** For programs that are not browsers: sent with the handshake, above all the cookie. */
  headers?: Record<string, string>;
}

/** What socket.io-client's `connect_error` carries beyond the message. */
interface ConnectError extends Error {
  data?: Partial<Problem>;
  /** The failed XMLHttpRequest of a polling transport. */
  context?: { status?: number };
}

/**
 * A `Wire` over Socket.IO: one new socket of its own, which never carries another login's packets. It
 * decides itself when to try again; socket.io-client's own reconnection ends at a refusal, knows no
 * `server:draining` and cannot be hurried.
 */
export function socketWire({ url, headers }: SocketWireOptions): Wire {
  const backoff = createBackoff();
  let socket: Socket<ServerToClientEvents, ClientToServerEvents> | undefined;
  /** Ends the wait for the next try, or the try under way. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let triedAt = -Infinity;
  let ready = false;
  /** Before this moment a server that stops does not want us back. */
  let comeBackAt = 0;

  function tryNow() {
    clearTimeout(timer);
    triedAt = performance.now();
    timer = setTimeout(() => {
      // Something on the way may swallow WebSockets without a word: the next try begins with the other transport.
      socket?.io.opts.transports?.reverse();
      socket?.disconnect();
      tryLater();
    }, TRY_MS);
    socket?.connect();
  }

  function tryLater(afterMs = backoff.next()) {
    clearTimeout(timer);
    triedAt = -Infinity;
    timer = setTimeout(tryNow, afterMs);
  }

  return {
    open(handlers) {
      const opened: Socket<ServerToClientEvents, ClientToServerEvents> = new Manager(url, {
        autoConnect: false,
        reconnection: false,
        transports: ['websocket', 'polling'],
        tryAllTransports: true,
        extraHeaders: headers,
      }).socket('/', { auth: (send) => send({ ...handlers.cursor() }) });
      socket = opened;
      opened.on('session:ready', () => {
        clearTimeout(timer);
        ready = true;
        comeBackAt = 0;
        backoff.reset();
      });
      opened.on('server:draining', ({ reconnectInMs }) => {
        comeBackAt = performance.now() + reconnectInMs;
        backoff.reset(reconnectInMs);
      });
      for (const [event, listener] of Object.entries(handlers.events)) {
        opened.on(event as keyof ServerToClientEvents, listener);
      }
      opened.on('disconnect', (reason) => {
        ready = false;
        // What waits in the library would be sent at the next connection, before it is known whose that is.
        opened.sendBuffer.length = 0;
        handlers.lost();
        if (reason === 'io client disconnect') return;
        const wait = comeBackAt - performance.now();
        tryLater(wait > 0 ? wait : backoff.next());
      });
      opened.on('connect_error', (error: ConnectError) => {
        const { code = ErrorCode.INTERNAL, message = error.message, retryAfterMs } = error.data ?? {};
        const forbidden = error.context?.status === FORBIDDEN_STATUS;
        if (forbidden || FINAL.has(code)) {
          clearTimeout(timer);
          handlers.refused({ code: forbidden ? ErrorCode.FORBIDDEN : code, message });
        } else {
          tryLater(retryAfterMs);
        }
      });
      tryNow();
    },
    async send(event, payload) {
      if (!socket?.connected) throw new Error('not connected');
      return (socket as Socket).timeout(ACK_TIMEOUT_MS).emitWithAck(event, payload);
    },
    reconnect() {
      if (!ready && performance.now() - triedAt < FRESH_TRY_MS) return;
      socket?.disconnect();
      tryNow();
    },
    close() {
      clearTimeout(timer);
      socket?.disconnect();
    },
  };
}
