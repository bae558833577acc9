import type { EventEmitter } from 'node:events';
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ServerToClientEvents } from '@live-likes/contract';
import type { Conn, LiveServer, LiveSocket, NewConn } from './liveServer.ts';

/** What Engine.IO and its WebSocket library do not tell of themselves; nobody else looks into them. */
interface Internals {
  writeBuffer: { data?: string | Uint8Array }[];
  /** Sends what waits. */
  flush?(): void;
  transport: { socket?: WebSocketInternals };
}

interface WebSocketInternals extends EventEmitter {
  readyState: number;
  bufferedAmount: number;
  terminate(): void;
  _socket?: Socket | null;
}

/** Every connection, also those that have not joined a namespace, or are about to close. */
export function connectionsOf(io: LiveServer): Conn[] {
  const { clients } = io.engine as unknown as { clients: Record<string, Conn> };
  return Object.values(clients);
}

/**
 * Lets the id of every connection begin with the name of this node, so that a balancer which sees it in an address knows
 * where it belongs (ADR 24). The rest is as hard to guess as before.
 */
export function nameConnections(io: LiveServer, nodeId: string) {
  const engine = io.engine as unknown as { generateId(req: IncomingMessage): string | Promise<string> };
  const generateId = engine.generateId.bind(engine);
  engine.generateId = async (req) => `${nodeId}.${await generateId(req)}`;
}

/**
 * Hangs up at once on whoever asks for another protocol elsewhere than at Socket.IO's address. Engine.IO, having heard
 * of it, only ends a connection that nothing was ever answered on; others would stay for good.
 */
export function refuseOtherUpgrades(httpServer: Server, io: LiveServer) {
  const path = `${io.path()}/`;
  httpServer.on('upgrade', ({ url }, socket) => {
    if (!url?.startsWith(path)) socket.destroy();
  });
}

/** What the server keeps because the client has not read it. */
export function unreadBy(conn: Conn): { packets: number; bytes: number } {
  const { writeBuffer, transport } = conn as unknown as Internals;
  const waiting = writeBuffer.reduce((bytes, { data }) => bytes + (data?.length ?? 0), 0);
  return { packets: writeBuffer.length, bytes: waiting + (transport.socket?.bufferedAmount ?? 0) };
}

/** Ends it at once: whoever does not read would not read a farewell either. */
export function terminate(conn: Conn) {
  const { socket } = (conn as unknown as Internals).transport;
  if (socket) socket.terminate();
  else conn.close(true);
}

/** Null where it does not go through one. */
export function webSocketOf(conn: Conn): EventEmitter | null {
  return (conn as unknown as Internals).transport.socket ?? null;
}

/** What stands for the response to a request that becomes a WebSocket; it lives as long as that. */
export interface UpgradeResponse extends EventEmitter {
  /** For those who set headers of it before. */
  req: IncomingMessage | null;
}

/**
 * Lets go of the request that a connection began with: nobody asks anything of it any more, and it is a fifth of what an
 * idle connection costs.
 */
export function forgetRequest(conn: NewConn) {
  (conn as { request: unknown }).request = null;
}

/** The same, of a request that becomes a WebSocket: the beginning of a connection, or one that goes on as that. */
export function forgetUpgrade(res: ServerResponse | UpgradeResponse) {
  if (!(res instanceof ServerResponse)) res.req = null;
}

function rawSocket({ transport }: Internals): Socket | null {
  const { _socket: raw } = transport.socket ?? {};
  return raw ?? null;
}

/**
 * Lets everything that is sent to a connection in one go leave in one write to the network, instead of one for each
 * packet: what costs a server of small messages the most. A connection whose insides are not as expected is left
 * as it is.
 */
export function writeTogether(io: LiveServer) {
  let waiting = new Set<Conn>();

  function flushAll() {
    const conns = waiting;
    waiting = new Set();
    for (const conn of conns) flushCorked(conn);
  }

  // One function for all connections, which are many.
  function flushLater(this: Conn) {
    // After all that is just being answered, and before anything else is heard.
    if (waiting.size === 0) process.nextTick(flushAll);
    waiting.add(this);
  }

  io.engine.on('connection', (conn: Conn) => {
    if (flushOf(conn)) (conn as unknown as Internals).flush = flushLater;
  });
}

/** What all connections flush with, if they do. */
const flushOf = (conn: Conn) => (Object.getPrototypeOf(conn) as Partial<Internals>).flush;

function flushCorked(conn: Conn) {
  const raw = rawSocket(conn as unknown as Internals);
  raw?.cork();
  flushOf(conn)?.call(conn);
  raw?.uncork();
}

/** Of a WebSocket that is not about to close. */
const OPEN = 1;
const SHORT = 126;
const LONG = 0x1_00_00;
const TEXT_FRAME = 0x81;
/** Of Engine.IO a message, of Socket.IO an event. */
const EVENT = '42';

/**
 * Sends many sockets the same event. It is encoded once, down to the bytes of its WebSocket frame, and handed to the
 * network past all that is done for each packet; where a socket has something waiting, or is none of the kind that
 * is expected, it goes the common way.
 */
export function emitAlike<E extends keyof ServerToClientEvents>(
  sockets: Iterable<LiveSocket>,
  event: E,
  ...args: Parameters<ServerToClientEvents[E]>
) {
  let frame: Buffer | undefined;
  for (const socket of sockets) {
    const raw = idleRawSocket(socket.conn);
    if (raw) raw.write((frame ??= textFrame(EVENT + JSON.stringify([event, ...args]))));
    else socket.emit(event, ...args);
  }
}

/** Null unless what is written to it now comes after all that was sent before, as a frame of its own. */
function idleRawSocket(conn: Conn): Socket | null {
  const insides = conn as unknown as Internals;
  const { socket } = insides.transport;
  const isIdle =
    conn.readyState === 'open' &&
    conn.transport.name === 'websocket' &&
    conn.transport.writable &&
    insides.writeBuffer.length === 0 &&
    socket?.readyState === OPEN &&
    socket.bufferedAmount === 0;
  const raw = isIdle ? rawSocket(insides) : null;
  return raw?.writable ? raw : null;
}

/** As a server sends it: whole, not masked, not compressed (RFC 6455, section 5.2). */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const { length } = payload;
  let head: Buffer;
  if (length < SHORT) head = Buffer.of(TEXT_FRAME, length);
  else if (length < LONG) {
    head = Buffer.of(TEXT_FRAME, SHORT, 0, 0);
    head.writeUInt16BE(length, 2);
  } else {
    head = Buffer.alloc(10);
    head.set([TEXT_FRAME, SHORT + 1]);
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  return Buffer.concat([head, payload]);
}
