/** A client that polls, packet by packet, so that a test sees what each request is answered. */

const HANDSHAKE = '/socket.io/?EIO=4&transport=polling';

export interface Poller {
  sid: string;
  /** Everything that the server has said after the handshake. */
  heard: string;
  /** Asks for more of it. */
  poll(signal?: AbortSignal): Promise<void>;
  /** Says goodbye. */
  close(): Promise<void>;
}

/**
 * Begins a connection and goes on until the server has let it in.
 *
 * @throws {Error} with the answer, when a request is refused.
 */
export async function pollUntilReady(url: string, cookie: string): Promise<Poller> {
  const poller = await beginToPoll(url, cookie);
  while (!poller.heard.includes('"session:ready"')) await poller.poll();
  return poller;
}

export async function beginToPoll(url: string, cookie: string): Promise<Poller> {
  async function ask(query: string, init: RequestInit = {}) {
    const response = await fetch(url + HANDSHAKE + query, { ...init, headers: { cookie } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return text;
  }
  const opened = await ask('');
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  const here = `&sid=${sid}`;
  await ask(here, { method: 'POST', body: '40' });
  const poller: Poller = {
    sid,
    heard: '',
    async poll(signal) {
      poller.heard += await ask(here, { signal: signal ?? null });
      // An answer to a ping.
      if (poller.heard.endsWith('2')) await ask(here, { method: 'POST', body: '3' });
    },
    async close() {
      await ask(here, { method: 'POST', body: '1' });
    },
  };
  return poller;
}
