/** Stands between one tab and the server, and loses, doubles or delays what passes on its WebSocket. */
import type { Page, WebSocketRoute } from '@playwright/test';
import type { Chance } from './chance.ts';

/** One message of Socket.IO. */
export interface Frame {
  from: 'page' | 'server';
  /** The event's name; null for the answer to one. */
  event: string | null;
}

/** `late`: after the next one of its kind that passes. */
type Fate = 'pass' | 'drop' | 'double' | 'late';
type Rule = (frame: Frame) => Fate;
type Message = string | Buffer;
type Way = 'open' | 'cut';

interface Connection {
  socket: WebSocketRoute;
  server: WebSocketRoute;
  /** A connection that both ends believe in, and that carries nothing. */
  dead: boolean;
  /** Sends what was held back. */
  release: (() => void)[];
}

export class Wire {
  /** How many messages met which fate since the last rule was given. */
  fates: Record<Fate, number> = noFates();
  #rule: Rule = () => 'pass';
  #way: Way = 'open';
  #current: Connection | undefined;
  #connections = 0;

  /** To be laid before the page is opened. */
  static async of(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.routeWebSocket(/\/socket\.io\//, (socket) => wire.#connect(socket));
    await page.addInitScript(sayErrors);
    // Where a WebSocket cannot be had, the client asks over HTTP.
    await page.route(/\/socket\.io\//, (route) =>
      wire.#way === 'cut' ? route.abort('connectionrefused') : route.fallback(),
    );
    return wire;
  }

  /** How many connections were opened so far. */
  get connections(): number {
    return this.#connections;
  }

  /** From here on each message of Socket.IO meets the fate that the rule says. */
  obeys(rule: Rule) {
    this.fates = noFates();
    this.#rule = rule;
  }

  /** From here on everything passes, and what was held back does. */
  heals() {
    this.#rule = () => 'pass';
    this.#way = 'open';
    for (const release of this.#current?.release ?? []) release();
  }

  /** Breaks, and cannot be connected again until it heals. HTTP goes on. */
  async isCut() {
    this.#way = 'cut';
    const { socket, server } = this.#current ?? {};
    await Promise.all([socket?.close({ code: 3001 }), server?.close({ code: 3001 })]);
  }

  /** The connection of now carries nothing any more, and nobody is told. New ones work. */
  diesSilently() {
    if (this.#current) this.#current.dead = true;
  }

  #connect(socket: WebSocketRoute) {
    if (this.#way === 'cut') {
      void socket.close({ code: 3001 });
      return;
    }
    this.#connections += 1;
    const connection: Connection = { socket, server: socket.connectToServer(), dead: false, release: [] };
    this.#current = connection;
    socket.onMessage(this.#lane(connection, 'page', connection.server));
    connection.server.onMessage(this.#lane(connection, 'server', socket));
  }

  #lane(connection: Connection, from: Frame['from'], to: WebSocketRoute) {
    const held = new Map<string | null, Message[]>();
    const release = (event: string | null) => {
      for (const message of held.get(event) ?? []) to.send(message);
      held.delete(event);
    };
    connection.release.push(() => [...held.keys()].forEach(release));
    return (message: Message) => {
      if (connection.dead) return;
      const frame = read(from, message);
      if (!frame) {
        to.send(message);
        return;
      }
      const { event } = frame;
      const fate = this.#rule(frame);
      this.fates[fate] += 1;
      if (fate === 'drop') return;
      if (fate === 'late') {
        held.set(event, [...(held.get(event) ?? []), message]);
        return;
      }
      to.send(message);
      if (fate === 'double') to.send(message);
      release(event);
    };
  }
}

/** The pushes of what happened, which a page may miss. */
export const isPush = ({ event }: Frame) =>
  event === 'inbox:changed' || event === 'like:changed' || event === 'posts:changed';

/** A like on its way, or the answer to it. */
export const isLikeOrAnswer = ({ event }: Frame) => event === 'like:set' || event === null;

/** Less than half of what it concerns arrives once and in time. */
export function byChance({ random }: Chance, concerns: (frame: Frame) => boolean): Rule {
  return (frame) => {
    if (!concerns(frame)) return 'pass';
    const drawn = random();
    if (drawn < 0.25) return 'drop';
    if (drawn < 0.4) return 'double';
    return drawn < 0.6 ? 'late' : 'pass';
  };
}

/** One after the other, and then from the beginning. */
export function inTurn(fates: Fate[], concerns: (frame: Frame) => boolean): Rule {
  const turns = new Map<string | null, number>();
  return (frame) => {
    if (!concerns(frame)) return 'pass';
    const turn = turns.get(frame.event) ?? 0;
    turns.set(frame.event, turn + 1);
    return fates[turn % fates.length] ?? 'pass';
  };
}

/** A browser says `error` before the `close` of a connection that never opened; Playwright's stand-in does not. */
function sayErrors() {
  window.WebSocket = class extends window.WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      let opened = false;
      this.addEventListener('open', () => (opened = true));
      this.addEventListener('close', () => {
        if (!opened) this.dispatchEvent(new Event('error'));
      });
    }
  };
}

function noFates(): Record<Fate, number> {
  return { pass: 0, drop: 0, double: 0, late: 0 };
}

/** `42["event",…]`, `427["event",…]` that asks for an answer, `437[…]` the answer. */
function read(from: Frame['from'], message: Message): Frame | null {
  const found = /^4(?:2\d*\["([^"]+)"|3\d+\[)/.exec(String(message));
  return found && { from, event: found[1] ?? null };
}
