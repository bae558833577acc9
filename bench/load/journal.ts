/** What was asked for and what was answered, to be held against the database afterwards. */
export interface Wish {
  postId: string;
  userId: string;
  liked: boolean;
  answered: boolean;
}

/** By person and post, the wishes in the order in which they were sent. */
export class Journal {
  readonly #wishes = new Map<string, Wish[]>();
  /** The newest `seq` that a person's inbox was heard to have. */
  readonly heads = new Map<string, number>();
  /** When anybody was last told of anything. */
  heardAt = 0;
  sent = 0;
  answered = 0;
  refused = 0;

  /** Returns what is to be called with the answer. */
  wish(userId: string, postId: string, liked: boolean): (ok: boolean) => void {
    const wish = { postId, userId, liked, answered: false };
    const key = `${userId} ${postId}`;
    const wishes = this.#wishes.get(key);
    if (wishes) wishes.push(wish);
    else this.#wishes.set(key, [wish]);
    this.sent += 1;
    return (ok) => {
      if (!ok) {
        this.refused += 1;
        return;
      }
      wish.answered = true;
      this.answered += 1;
      // What came before the newest answered one can no longer be the state.
      const all = this.#wishes.get(key) ?? [];
      this.#wishes.set(key, all.slice(Math.max(0, all.indexOf(wish))));
    };
  }

  /** Keeps what an `InboxDelta` says of where an inbox ends. */
  hearDelta(userId: string, json: string) {
    this.heardAt = performance.now();
    const to = Number(/"to":(\d+)/.exec(json)?.[1] ?? 0);
    this.heads.set(userId, Math.max(to, this.heads.get(userId) ?? 0));
  }

  /** Of every pair of person and post with an answer: the states that it may have now. */
  states(): AllowedState[] {
    return [...this.#wishes.values()]
      .filter(([first]) => first?.answered)
      .map((wishes) => {
        const { userId, postId } = wishes[0] as Wish;
        return { userId, postId, liked: [...new Set(wishes.map(({ liked }) => liked))] };
      });
  }
}

export interface AllowedState {
  userId: string;
  postId: string;
  liked: boolean[];
}
