/** What one page asked of the server over its socket, and was answered: nowhere else to be seen. Chromium only. */
import type { Page, Request } from '@playwright/test';

/** Between the packets of one request, where WebSockets do not get through. */
const SEPARATOR = '\x1e';

interface Wish {
  postId: string;
  liked: boolean;
}

interface SentWish extends Wish {
  op: { client: string; n: number };
}

/** The answer to a like: it is on disk. */
interface Answer extends Wish {
  rev: number;
}

export class WireJournal {
  readonly sent: SentWish[] = [];
  readonly answers: Answer[] = [];

  constructor(page: Page) {
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => this.#keepSent(String(payload)));
      socket.on('framereceived', ({ payload }) => this.#keepReceived(String(payload)));
    });
    // A client that did not get through tries the other way.
    page.on('request', (request) => {
      if (isPolling(request)) this.#keepSent(request.postData() ?? '');
    });
    page.on('response', (response) => {
      if (isPolling(response.request()))
        void response.text().then(
          (body) => this.#keepReceived(body),
          () => undefined,
        );
    });
  }

  #keepSent(packets: string) {
    for (const packet of packets.split(SEPARATOR)) {
      const [event, wish] = parse(/^42\d*(\[.*\])$/s, packet);
      if (event === 'like:set') this.sent.push(wish as SentWish);
    }
  }

  #keepReceived(packets: string) {
    for (const packet of packets.split(SEPARATOR)) {
      const [result] = parse(/^43\d+(\[.*\])$/s, packet);
      const { ok, data } = (result ?? {}) as { ok?: boolean; data?: Partial<Answer> };
      if (ok && typeof data?.postId === 'string') this.answers.push(data as Answer);
    }
  }

  /** What was wished last for each post, by the page's own count. */
  get lastWishes(): SentWish[] {
    const last = new Map<string, SentWish>();
    for (const wish of this.sent) {
      const before = last.get(wish.postId);
      if (!before || before.op.client !== wish.op.client || before.op.n <= wish.op.n)
        last.set(wish.postId, wish);
    }
    return [...last.values()];
  }
}

function isPolling(request: Request): boolean {
  return /\/socket\.io\/.*transport=polling/.test(request.url());
}

function parse(form: RegExp, packet: string): unknown[] {
  const json = form.exec(packet)?.[1];
  return json === undefined ? [] : (JSON.parse(json) as unknown[]);
}
