import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { createFrameReader, type Piece } from './frames.ts';

export type Direction = 'toServer' | 'toClient';

/** A network of its own in front of the server, that can be broken in the ways in which networks break. */
export interface Proxy {
  url: string;
  /** RST for both ends of every connection; says how many there were. */
  reset(): number;
  /** Nothing gets through any more, in that direction, and nobody is told. */
  swallow(direction: Direction): void;
  /** Resets every connection, now and from now on. */
  refuse(): void;
  /** New connections get through. One that has lost bytes stays dead, and is still not told so. */
  heal(): void;
  /** Bytes per second and connection, each way. */
  throttle(bytesPerSecond: number): void;
  /** Resets the connection that sends the next `event` when its acknowledgement comes, which is lost. */
  cutBeforeAck(event: string): Promise<void>;
  /** Leaves out the next frame to a client that contains `text`. */
  dropFrame(text: string): Promise<void>;
  close(): void;
}

interface Link {
  client: Socket;
  server: Socket;
  /** The directions in which bytes were lost. */
  broken: Set<Direction>;
  /** The beginning of the acknowledgement that must not arrive. */
  lostAck: string | null;
}

const SLICES_PER_SECOND = 20;

export async function startProxy(serverPort: number): Promise<Proxy> {
  const links = new Set<Link>();
  const swallowed = new Set<Direction>();
  let refusing = false;
  let bytesPerSecond = Infinity;
  let cut: { event: string; done(): void } | null = null;
  let drop: { text: string; done(): void } | null = null;

  const listener = createServer((client) => {
    if (refusing) {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const server = connect(serverPort, '127.0.0.1');
    const link: Link = { client, server, broken: new Set(), lostAck: null };
    links.add(link);
    client.setNoDelay(true);
    server.setNoDelay(true);
    pump(link, 'toServer', client, server);
    pump(link, 'toClient', server, client);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');

  function pump(link: Link, direction: Direction, from: Socket, to: Socket) {
    const read = createFrameReader();
    let sent = Promise.resolve();
    const lost = () => swallowed.has(direction) || link.broken.has(direction);
    from.on('data', (chunk) => {
      if (lost()) {
        link.broken.add(direction);
        return;
      }
      for (const piece of read(chunk)) {
        if (!passes(link, direction, piece)) continue;
        if (bytesPerSecond === Infinity) to.write(piece.bytes);
        else sent = sent.then(() => slowly(piece.bytes, to));
      }
      if (bytesPerSecond === Infinity) return;
      from.pause();
      void sent.then(() => from.resume());
    });
    from.on('error', () => {
      if (!lost()) to.resetAndDestroy();
    });
    from.on('close', () => {
      if (to.destroyed) links.delete(link);
      if (!lost()) to.end();
    });
  }

  /** Whether the piece may go on. */
  function passes(link: Link, direction: Direction, { text }: Piece): boolean {
    if (text === null) return true;
    if (direction === 'toServer' && cut && text.includes(`["${cut.event}"`)) {
      link.lostAck ??= `43${/^42(\d+)/.exec(text)?.[1]}[`;
    }
    if (direction === 'toClient' && cut && link.lostAck && text.startsWith(link.lostAck)) {
      resetLink(link);
      cut.done();
      cut = null;
      return false;
    }
    if (direction === 'toClient' && drop && text.includes(drop.text)) {
      drop.done();
      drop = null;
      return false;
    }
    return true;
  }

  async function slowly(bytes: Buffer, to: Socket) {
    const slice = Math.ceil(bytesPerSecond / SLICES_PER_SECOND);
    for (let at = 0; at < bytes.length; at += slice) {
      to.write(bytes.subarray(at, at + slice));
      await after(1_000 / SLICES_PER_SECOND);
    }
  }

  function resetLink(link: Link) {
    links.delete(link);
    link.client.resetAndDestroy();
    link.server.resetAndDestroy();
  }

  function reset(): number {
    const count = links.size;
    for (const link of links) resetLink(link);
    return count;
  }

  return {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    reset,
    swallow: (direction) => void swallowed.add(direction),
    refuse() {
      refusing = true;
      reset();
    },
    heal() {
      refusing = false;
      swallowed.clear();
    },
    throttle(rate) {
      bytesPerSecond = rate;
    },
    cutBeforeAck: (event) => new Promise((done) => (cut = { event, done })),
    dropFrame: (text) => new Promise((done) => (drop = { text, done })),
    close() {
      reset();
      listener.close();
    },
  };
}
