import {
  type ClientToServerEvents,
  ErrorCode,
  type Problem,
  type ServerToClientEvents,
} from '@live-likes/contract';
import { io, type Socket } from 'socket.io-client';
import type { Wire } from './wire.ts';

const ACK_TIMEOUT_MS = 10_000;
const RETRY_MS = 1_000;
const FORBIDDEN_STATUS = 403;
/** Every other refusal may pass by itself. */
const FINAL: ReadonlySet<ErrorCode> = new Set([ErrorCode.UNAUTHENTICATED, ErrorCode.FORBIDDEN]);

export interface SocketWireOptions {
  /** Origin of the server; in a browser the page's own when left out. */
  url?: string;
  /** For programs that are not browsers: sent with the handshake, above all the cookie. */
  headers?: Record<string, string>;
}

/** What socket.io-client's `connect_error` carries beyond the message. */
interface ConnectError extends Error {
  data?: Partial<Problem>;
  /** The failed XMLHttpRequest of a polling transport. */
  context?: { status?: number };
}

/** A `Wire` over Socket.IO: one new socket of its own, which never carries another login's packets. */
export function socketWire({ url, headers }: SocketWireOptions = {}): Wire {
  let socket: Socket<ServerToClientEvents, ClientToServerEvents> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  return {
    open(handlers) {
      const opened: Socket<ServerToClientEvents, ClientToServerEvents> = io(url ?? '', {
        forceNew: true,
        transports: ['websocket', 'polling'],
        tryAllTransports: true,
        reconnectionDelay: 300,
        reconnectionDelayMax: 3_000,
        extraHeaders: headers,
        auth: (send) => send({ ...handlers.cursor() }),
      });
      socket = opened;
      // A refusal by the server ends socket.io-client's own retrying.
      const connectAgain = (afterMs = RETRY_MS) => {
        retry = setTimeout(() => opened.connect(), afterMs);
      };
      for (const [event, listener] of Object.entries(handlers.events)) {
        opened.on(event as keyof ServerToClientEvents, listener);
      }
      opened.on('disconnect', (reason) => {
        handlers.lost();
        if (reason === 'io server disconnect') connectAgain();
      });
      opened.on('connect_error', (error: ConnectError) => {
        const { code = ErrorCode.INTERNAL, message = error.message, retryAfterMs } = error.data ?? {};
        if (error.context?.status === FORBIDDEN_STATUS) {
          opened.disconnect();
          handlers.refused({ code: ErrorCode.FORBIDDEN, message });
        } else if (!opened.active) {
          const problem = { code, message, retryAfterMs };
          if (FINAL.has(code)) handlers.refused(problem);
          else connectAgain(retryAfterMs);
        }
      });
    },
    async send(event, payload) {
      if (!socket?.connected) throw new Error('not connected');
      return (socket as Socket).timeout(ACK_TIMEOUT_MS).emitWithAck(event, payload);
    },
    close() {
      clearTimeout(retry);
      socket?.disconnect();
    },
  };
}
