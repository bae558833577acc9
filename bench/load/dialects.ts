/** How the candidates speak: the same few things said over Socket.IO and over a bare WebSocket. */
export type Dialect = 'socket.io' | 'ws';

export interface Heard {
  /** Logged in, and told all that there is to tell at the beginning. */
  ready(json: string): void;
  /** @param ok whether the like was taken */
  ack(id: number, ok: boolean, json: string): void;
  event(name: string, json: string): void;
}

interface Speaker {
  path: string;
  like(id: number, payload: object): string;
  /** An event that is answered; for the product alone. */
  ask(id: number, event: string, payload: object): string;
  /** Hands on what was said, and returns what is to be replied. */
  hear(text: string, heard: Heard): string | null;
}

const OK = '{"ok":true';

/** @param saysReady whether the server follows a login with `session:ready` */
const socketIo = (saysReady: boolean, auth: () => object): Speaker => ({
  path: '/socket.io/?EIO=4&transport=websocket',
  like: (id, payload) => `42${id}["like:set",${JSON.stringify(payload)}]`,
  ask: (id, event, payload) => `42${id}["${event}",${JSON.stringify(payload)}]`,
  hear(text, heard) {
    if (text === '2') return '3';
    if (text.startsWith('0')) return `40${JSON.stringify(auth())}`;
    if (text.startsWith('40')) {
      if (!saysReady) heard.ready('');
    } else if (text.startsWith('43')) {
      const list = text.indexOf('[');
      const json = text.slice(list + 1, -1);
      heard.ack(Number(text.slice(2, list)), json.startsWith(OK), json);
    } else if (text.startsWith('42["')) {
      const nameEnd = text.indexOf('"', 4);
      const name = text.slice(4, nameEnd);
      const json = text.slice(nameEnd + 2, -1);
      if (name === 'session:ready') heard.ready(json);
      else heard.event(name, json);
    }
    return null;
  },
});

const bare: Speaker = {
  path: '/',
  like: (id, payload) => JSON.stringify({ id, payload }),
  ask: (id, _event, payload) => JSON.stringify({ id, payload }),
  hear(text, heard) {
    if (text === 'ready') heard.ready('');
    else if (text.startsWith('{"event"'))
      heard.event('liked', text.slice('{"event":"liked","data":'.length, -1));
    else {
      const comma = text.indexOf(',');
      const json = text.slice(comma + '"answer":'.length + 1, -1);
      heard.ack(Number(text.slice('{"ack":'.length, comma)), json.startsWith(OK), json);
    }
    return null;
  },
};

/** @param auth what the handshake carries: the cursor of a client that comes back */
export function speaker(dialect: Dialect, saysReady: boolean, auth: () => object): Speaker {
  return dialect === 'ws' ? bare : socketIo(saysReady, auth);
}
