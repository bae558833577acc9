/** A piece of one direction of a connection: a whole WebSocket frame with its text, or bytes of plain HTTP. */
export interface Piece {
  bytes: Buffer;
  text: string | null;
}

const HEAD_END = '\r\n\r\n';
const UPGRADED = /^(HTTP\/1\.1 101 |[\s\S]*\r\nupgrade: websocket\r\n)/i;
const MASK_BYTES = 4;

/** Cuts what comes over a connection into pieces, so that one frame can be recognised and left out whole. */
export function createFrameReader() {
  let mode: 'head' | 'frames' | 'plain' = 'head';
  let rest: Buffer = Buffer.alloc(0);

  function take(length: number): Buffer {
    const taken = rest.subarray(0, length);
    rest = rest.subarray(length);
    return taken;
  }

  return function read(chunk: Buffer): Piece[] {
    rest = Buffer.concat([rest, chunk]);
    const pieces: Piece[] = [];
    if (mode === 'head') {
      const end = rest.indexOf(HEAD_END);
      if (end < 0) return [];
      mode = UPGRADED.test(rest.toString('latin1', 0, end + HEAD_END.length)) ? 'frames' : 'plain';
      pieces.push({ bytes: take(end + HEAD_END.length), text: null });
    }
    if (mode === 'plain') {
      if (rest.length > 0) pieces.push({ bytes: take(rest.length), text: null });
      return pieces;
    }
    for (let frame = frameAt(rest); frame; frame = frameAt(rest)) {
      pieces.push({ bytes: take(frame.length), text: frame.text });
    }
    return pieces;
  };
}

/** The frame that begins `bytes`; null while a part of it is missing. */
function frameAt(bytes: Buffer): { length: number; text: string } | null {
  if (bytes.length < 2) return null;
  const second = bytes.readUInt8(1);
  const masked = second >= 0x80;
  const short = second & 0x7f;
  const extra = short === 127 ? 8 : short === 126 ? 2 : 0;
  const payloadAt = 2 + extra + (masked ? MASK_BYTES : 0);
  if (bytes.length < payloadAt) return null;
  const payloadLength =
    extra === 8 ? Number(bytes.readBigUInt64BE(2)) : extra === 2 ? bytes.readUInt16BE(2) : short;
  const length = payloadAt + payloadLength;
  if (bytes.length < length) return null;
  const payload = Buffer.from(bytes.subarray(payloadAt, length));
  if (masked) {
    const mask = bytes.subarray(payloadAt - MASK_BYTES, payloadAt);
    for (const [i, byte] of payload.entries()) payload[i] = byte ^ mask.readUInt8(i % MASK_BYTES);
  }
  return { length, text: payload.toString('utf8') };
}
