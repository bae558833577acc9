import type { Wire, WireHandlers } from '@live-likes/client';
import type { Problem, Result } from '@live-likes/contract';
import type { Clock } from './clock.ts';
import type { Link } from './link.ts';

const ACK_TIMEOUT_MS = 10_000;
const TRY_MS = 10_000;
const RETRY_MS = 300;

interface Call {
  resolve(result: Result<unknown>): void;
  reject(error: Error): void;
  timer: unknown;
}

/**
 * A tab's end of the network, in Socket.IO's own words, over a link that the schedule has in its hand. Unlike
 * the real wire it always waits the same time before it tries again.
 *
 * @param dial a new link to the server with the browser's cookie; null when nobody answers there.
 */
export function tabWire(clock: Clock, dial: () => Link | null): Wire {
  let handlers: WireHandlers | undefined;
  let link: Link | null = null;
  let connected = false;
  let timer: unknown;
  let lastCall = 0;
  const calls = new Map<number, Call>();
  /** Events that have overtaken the answer to the handshake; Socket.IO's client keeps them, too. */
  let early: string[] = [];

  function tryNow() {
    clock.clearTimeout(timer);
    const dialled = dial();
    if (!dialled) return tryLater();
    link = dialled;
    timer = clock.setTimeout(() => {
      hangUp();
      tryLater();
    }, TRY_MS);
    dialled.receive.down = (message) => {
      if (link === dialled) receive(message);
    };
    dialled.ended.down = () => {
      if (link !== dialled) return;
      hangUp();
      tryLater();
    };
    dialled.send('up', `0${JSON.stringify(handlers?.cursor() ?? {})}`);
  }

  function tryLater() {
    clock.clearTimeout(timer);
    timer = clock.setTimeout(tryNow, RETRY_MS);
  }

  function hangUp() {
    link?.cut();
    link = null;
    for (const { reject, timer: callTimer } of calls.values()) {
      clock.clearTimeout(callTimer);
      reject(new Error('disconnected'));
    }
    calls.clear();
    early = [];
    if (connected) handlers?.lost();
    connected = false;
  }

  function receive(message: string) {
    const [, type, id, json] = /^(\d)(\d*)(.*)$/s.exec(message) ?? [];
    const data: unknown = json ? JSON.parse(json) : undefined;
    if (type === '0') {
      connected = true;
      early.splice(0).forEach(receive);
    } else if (type === '1') {
      hangUp();
      tryLater();
    } else if (type === '2' && !connected) {
      early.push(message);
    } else if (type === '2') {
      const [event, payload] = data as [keyof WireHandlers['events'], never];
      if (event === 'session:ready') clock.clearTimeout(timer);
      handlers?.events[event]?.(payload);
    } else if (type === '3') {
      const call = calls.get(Number(id));
      calls.delete(Number(id));
      clock.clearTimeout(call?.timer);
      call?.resolve((data as [Result<unknown>])[0]);
    } else if (type === '4') {
      const { data: problem } = data as { data: Problem };
      clock.clearTimeout(timer);
      hangUp();
      handlers?.refused(problem);
    }
  }

  return {
    open(given) {
      handlers = given;
      tryNow();
    },
    send(event, payload) {
      return new Promise((resolve, reject) => {
        if (!connected || !link) return reject(new Error('not connected'));
        const id = (lastCall += 1);
        const callTimer = clock.setTimeout(() => {
          calls.delete(id);
          reject(new Error('no answer'));
        }, ACK_TIMEOUT_MS);
        calls.set(id, { resolve: resolve as Call['resolve'], reject, timer: callTimer });
        link.send('up', `2${id}${JSON.stringify([event, payload])}`);
      });
    },
    reconnect() {
      hangUp();
      tryNow();
    },
    close() {
      clock.clearTimeout(timer);
      hangUp();
    },
  };
}
