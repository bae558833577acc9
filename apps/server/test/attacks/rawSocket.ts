/** A client that can send what no Socket.IO client would: it speaks the protocol by hand, frame by frame. */
import { once } from 'node:events';

const OPEN = '0';
const PING = '2';
const PONG = '3';
const CONNECT = '40';
const ACK = /^43(\d+)(\[.*)$/s;

export interface RawSocket {
  /** The frames that came, but for pings; the newest last. */
  frames: string[];
  send(frame: string | Uint8Array): void;
  /** Sends `[event, ...]` as it stands, and resolves with what the server answers; null when it closes instead. */
  ask(args: string, attachments?: readonly Uint8Array[]): Promise<unknown>;
  isOpen(): boolean;
  closed: Promise<unknown>;
  close(): void;
}

/** @param connect whether it joins the namespace, which is when the server looks at the session */
export async function rawSocket(url: string, cookie: string, connect = true): Promise<RawSocket> {
  const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
  // Node's own takes headers, which the standard's does not.
  const socket = new WebSocket(address, { headers: { cookie } });
  const closed = once(socket, 'close');
  const frames: string[] = [];
  const asked = new Map<number, (answer: unknown) => void>();
  const joined = Promise.withResolvers<void>();
  let lastAck = 0;

  socket.addEventListener('message', ({ data }) => {
    const frame = String(data);
    if (frame === PING) return socket.send(PONG);
    frames.push(frame);
    if (frame.startsWith(OPEN) && connect) socket.send(CONNECT);
    if (frame.startsWith('42["session:ready"') || frame.startsWith('44')) joined.resolve();
    const [, id, answer] = ACK.exec(frame) ?? [];
    if (id !== undefined && answer !== undefined) asked.get(Number(id))?.(JSON.parse(answer));
  });
  socket.addEventListener('error', () => undefined);
  void closed.then(() => {
    joined.resolve();
    for (const answer of asked.values()) answer(null);
  });
  if (connect) await joined.promise;
  else await Promise.race([once(socket, 'open'), closed]);

  const send = (frame: string | Uint8Array) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  };
  return {
    frames,
    closed,
    send,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.close(),
    async ask(args, attachments = []) {
      const id = (lastAck += 1);
      const answer = new Promise((resolve) => asked.set(id, resolve));
      if (socket.readyState !== WebSocket.OPEN) return null;
      send(attachments.length > 0 ? `45${attachments.length}-${id}${args}` : `42${id}${args}`);
      for (const attachment of attachments) send(attachment);
      const result = await answer;
      asked.delete(id);
      return result;
    },
  };
}
