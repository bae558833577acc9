import { type Alert, createLiveClient, type Inbox, type LiveClient, type Wire } from '@live-likes/client';
import type { Clock } from './clock.ts';
import type { FeedPost } from './database.ts';

const RETRY_MS = 1_000;

/** Something that was promised does not hold. */
export class Violation extends Error {}

export interface TabDeps {
  name: string;
  userId: string;
  wire: Wire;
  clock: Clock;
  postIds: string[];
  /** The user's: nobody else's may be in the inbox. */
  ownPosts: ReadonlySet<string>;
  /** The feed over HTTP; null when no answer came. */
  fetchPosts(): Promise<FeedPost[] | null>;
}

/** One tab of one login: the real client core, and a journal of what its person saw and did. */
export class Tab {
  readonly name: string;
  readonly userId: string;
  readonly client: LiveClient;
  /** How often each notification popped up. */
  readonly pops = new Map<string, number>();
  /** The pop-ups that nothing has taken away. */
  readonly shown = new Map<string, { count: number; newCount: number }>();
  /** What was already there when this tab first looked, or looked at another history: it does not pop up. */
  found = new Set<string>();
  /** The last wish for each post. */
  readonly wishes = new Map<string, boolean>();
  /** Posts that were liked here at any time. */
  readonly wished = new Set<string>();
  ended = false;
  /** What it saw that must never be seen. */
  readonly violations: string[] = [];
  #last: Inbox;
  #fetches = 0;
  readonly #ownPosts: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #fetchPosts: () => Promise<FeedPost[] | null>;

  constructor({ name, userId, wire, clock, postIds, ownPosts, fetchPosts }: TabDeps) {
    this.#ownPosts = ownPosts;
    this.#fetchPosts = fetchPosts;
    this.#clock = clock;
    this.name = name;
    this.userId = userId;
    this.client = createLiveClient({
      userId,
      wire,
      clock,
      onAlert: (alert) => this.#see(alert),
      onResumed: () => void this.#fetch(),
      onEnded: () => (this.ended = true),
    });
    this.#last = this.client.inbox.get();
    this.client.inbox.subscribe(() => this.#follow(this.client.inbox.get()));
    this.client.watch(postIds);
  }

  /** On the like button. */
  click(postId: string) {
    if (this.ended) return;
    const liked = !this.wishes.get(postId);
    this.wishes.set(postId, liked);
    if (liked) this.wished.add(postId);
    this.client.setLike(postId, liked);
  }

  read(all: boolean) {
    const { cursor, items } = this.client.inbox.get();
    const [first] = items.keys();
    void this.client.markRead(all || !first ? { upTo: cursor } : { ids: [first] }).catch(() => undefined);
  }

  /** A fetch that another one has overtaken is given up, as the web app does it. */
  async #fetch() {
    const fetch = (this.#fetches += 1);
    const posts = await this.#fetchPosts();
    if (fetch !== this.#fetches) return;
    if (posts) this.client.seen(posts);
    else this.#clock.setTimeout(() => void this.#fetch(), RETRY_MS);
  }

  #see(alert: Alert) {
    if (alert.kind === 'dismiss') {
      this.shown.delete(alert.id);
      return;
    }
    const { id, count, newCount } = alert.notification;
    if (alert.kind === 'show') {
      if (newCount === 0 || count === 0)
        this.violations.push(`${this.name} was told of what is read or retracted`);
      this.pops.set(id, (this.pops.get(id) ?? 0) + 1);
    }
    if (alert.kind === 'show' || this.shown.has(id)) this.shown.set(id, { count, newCount });
  }

  #follow(inbox: Inbox) {
    for (const { post } of inbox.items.values()) {
      if (!this.#ownPosts.has(post?.id ?? '')) this.violations.push(`${this.name} sees what is another's`);
    }
    if (inbox.epoch === this.#last.epoch) {
      if (inbox.cursor < this.#last.cursor) this.violations.push(`${this.name} went back in its inbox`);
    } else {
      this.found = new Set(inbox.items.keys());
    }
    this.#last = inbox;
  }
}
