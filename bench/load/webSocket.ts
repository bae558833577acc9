/**
 * A WebSocket client that costs less than the server it measures: text frames only, no extensions, a mask of
 * zeroes, and one write for all that is sent in one go.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const TEXT = 0x81;
const CLOSE = 0x88;
const MASKED = 0x80;
const NO_MASK = Buffer.alloc(4);
const HEADERS_END = '\r\n\r\n';

export interface WebSocketEvents {
  text(text: string): void;
  /** It is gone, or never came. */
  closed(): void;
}

export class WebSocketClient {
  readonly #socket: Socket;
  readonly #events: WebSocketEvents;
  #rest: Buffer = Buffer.alloc(0);
  #isOpen = false;
  #waiting: Buffer[] = [];

  constructor(port: number, path: string, cookie: string, events: WebSocketEvents) {
    this.#events = events;
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.setNoDelay(true);
    this.#socket.write(
      [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        `Cookie: ${cookie}`,
        '\r\n',
      ].join('\r\n'),
    );
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => events.closed());
  }

  /** Goes out with `flush`, or at the end of what has just come in. */
  send(text: string) {
    const payload = Buffer.from(text);
    const { length } = payload;
    const head =
      length < 126 ? [TEXT, MASKED | length] : [TEXT, MASKED | 126, Math.floor(length / 256), length % 256];
    this.#waiting.push(Buffer.from(head), NO_MASK, payload);
  }

  flush() {
    if (this.#waiting.length === 0) return;
    this.#socket.write(Buffer.concat(this.#waiting));
    this.#waiting = [];
  }

  /** At once, as a process that dies does it. */
  destroy() {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer) {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    if (!this.#isOpen) {
      const end = bytes.indexOf(HEADERS_END);
      if (end < 0) {
        this.#rest = bytes;
        return;
      }
      if (!bytes.toString('latin1', 0, end).startsWith('HTTP/1.1 101')) return this.destroy();
      this.#isOpen = true;
      bytes = bytes.subarray(end + HEADERS_END.length);
    }
    let at = 0;
    for (;;) {
      const frame = frameAt(bytes, at);
      if (!frame) break;
      at = frame.end;
      if (frame.kind === CLOSE) return this.destroy();
      if (frame.kind === TEXT) this.#events.text(bytes.toString('utf8', frame.start, frame.end));
    }
    this.#rest = bytes.subarray(at);
    this.flush();
  }
}

/** The whole frame that begins here; null when some of it is still to come. */
function frameAt(bytes: Buffer, at: number): { kind: number; start: number; end: number } | null {
  if (bytes.length < at + 2) return null;
  const kind = bytes.readUInt8(at);
  let length = bytes.readUInt8(at + 1);
  let start = at + 2;
  if (length === 126) {
    if (bytes.length < at + 4) return null;
    length = bytes.readUInt16BE(at + 2);
    start = at + 4;
  } else if (length === 127) {
    if (bytes.length < at + 10) return null;
    length = Number(bytes.readBigUInt64BE(at + 2));
    start = at + 10;
  }
  return bytes.length < start + length ? null : { kind, start, end: start + length };
}
