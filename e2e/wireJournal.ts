/** What one page asked of the server over its WebSocket, and was answered: nowhere else to be seen. Chromium only. */
import type { Page } from '@playwright/test';

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
      socket.on('framesent', ({ payload }) => {
        const [event, wish] = parse(/^42\d*(\[.*\])$/s, payload);
        if (event === 'like:set') this.sent.push(wish as SentWish);
      });
      socket.on('framereceived', ({ payload }) => {
        const [result] = parse(/^43\d+(\[.*\])$/s, payload);
        const { ok, data } = (result ?? {}) as { ok?: boolean; data?: Partial<Answer> };
        if (ok && typeof data?.postId === 'string') this.answers.push(data as Answer);
      });
    });
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

function parse(form: RegExp, payload: string | Buffer): unknown[] {
  const json = form.exec(String(payload))?.[1];
  return json === undefined ? [] : (JSON.parse(json) as unknown[]);
}
