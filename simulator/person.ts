import { type Alert, createLiveClient, type LiveClient, socketWire } from '@live-likes/client';
import { PAGE_MAX, type Post, type PostsPage } from '@live-likes/contract';
import type { Account } from './accounts.ts';
import { call, read } from './api.ts';
import { measuredWire } from './measuredWire.ts';
import type { Tally } from './tally.ts';
import type { Told } from './told.ts';

const TRY_AGAIN_MS = 1_000;

export interface PersonDeps {
  url: string;
  account: Account;
  tally: Tally;
  told: Told;
}

/** Somebody who looks at the newest posts through the client core, as a tab does. */
export class Person {
  readonly account: Account;
  readonly client: LiveClient;
  /** Posts that were liked or un-liked here. */
  readonly wished = new Set<string>();
  /** Why there will be nothing more from here. */
  ended: string | null = null;
  /** The newest ones, by id. */
  readonly posts = new Map<string, Post>();
  /** By post, when the wish that waits for its answer was due. */
  readonly #due = new Map<string, number>();
  readonly #url: string;
  readonly #tally: Tally;
  readonly #told: Told;
  #hasFetched = false;
  #retry: NodeJS.Timeout | undefined;

  constructor({ url, account, tally, told }: PersonDeps) {
    this.account = account;
    this.#url = url;
    this.#tally = tally;
    this.#told = told;
    const { userId, cookie } = account;
    const wire = measuredWire(socketWire({ url, headers: { cookie } }), {
      onPush: () => (tally.pushes += 1),
      onAnswer: (postId, answer) => (answer.ok ? this.#settle(postId) : tally.refuse(answer.error.code)),
    });
    this.client = createLiveClient({
      userId,
      wire,
      onAlert: (alert) => this.#hear(alert),
      onLikeRefused: (postId) => this.#due.delete(postId),
      onPostCreated: (post) => this.#see([post], [post, ...this.posts.values()]),
      onPostDeleted: (postId) => this.posts.delete(postId),
      onResumed: () => void this.#fetchPosts(),
      onEnded: (reason) => {
        this.ended = reason;
        tally.ended.push(reason);
      },
    });
  }

  /** Likes that wait for their answer. */
  get waiting(): number {
    return this.#due.size;
  }

  get isReady(): boolean {
    return this.ended !== null || (this.client.connection.get() === 'live' && this.#hasFetched);
  }

  /**
   * Likes a random post of somebody else, or takes that back.
   *
   * @param dueAt in ms of `performance.now()`
   */
  likeSomething(dueAt: number): void {
    const candidates = [...this.posts.values()].filter(
      ({ id, author }) => author.id !== this.account.userId && !this.#due.has(id),
    );
    const post = candidates[Math.floor(Math.random() * candidates.length)];
    if (!post) {
      this.#tally.leftOut += 1;
      return;
    }
    const liked = !this.client.likes.get(post.id)?.liked;
    this.#tally.sent += 1;
    this.#due.set(post.id, dueAt);
    this.wished.add(post.id);
    if (liked) this.#told.expect(post, this.account.userId, dueAt);
    else this.#told.forget(post.id, this.account.userId);
    this.client.setLike(post.id, liked);
  }

  /** Throws what `call` and `read` throw. */
  async write(body: string): Promise<void> {
    await read(await call(this.#url, 'POST', '/api/posts', this.account.cookie, { body }));
  }

  close(): void {
    clearTimeout(this.#retry);
    this.client.close();
  }

  #settle(postId: string) {
    const dueAt = this.#due.get(postId);
    if (dueAt === undefined) return;
    this.#due.delete(postId);
    this.#tally.acknowledged += 1;
    this.#tally.toAck.add(performance.now() - dueAt);
  }

  #hear(alert: Alert) {
    if (alert.kind === 'dismiss') return;
    const { post, actors } = alert.notification;
    for (const { id } of post ? actors : []) this.#told.hear(post?.id ?? '', id);
  }

  /** As a page does: until it has them. */
  async #fetchPosts() {
    clearTimeout(this.#retry);
    try {
      const response = await call(this.#url, 'GET', `/api/posts?limit=${PAGE_MAX}`, this.account.cookie);
      const { posts } = await read<PostsPage>(response);
      this.#see(posts, posts);
      this.#hasFetched = true;
    } catch {
      if (this.ended === null) this.#retry = setTimeout(() => void this.#fetchPosts(), TRY_AGAIN_MS);
    }
  }

  /** @param posts all of them, newest first; only what is `fresh` says how they are liked */
  #see(fresh: readonly Post[], posts: readonly Post[]) {
    this.posts.clear();
    for (const post of posts.slice(0, PAGE_MAX)) this.posts.set(post.id, post);
    this.client.seen(fresh);
    this.client.watch([...this.posts.keys()]);
  }
}
