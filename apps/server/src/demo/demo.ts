import type { Auth } from '../auth/auth.ts';
import type { Store } from '../storage/store.ts';
import { DEMO_POSTS, DEMO_USERS } from './content.ts';

const PASSWORD = 'live-likes-demo';
const HOUR_MS = 3_600_000;

/** The demo people have no place here; its message is one sentence. */
export class DemoError extends Error {}

/** Makes the demo users that are not there yet, and the demo posts when there is no post at all. */
export async function seedDemo(auth: Auth, store: Store): Promise<void> {
  const { internalAdapter, adapter, password } = await auth.$context;
  const ids = new Map<string, string>();
  // Hashing is slow on purpose, and there is nothing to hide in a password that everybody knows.
  let hash: Promise<string> | undefined;
  for (const { username, name } of DEMO_USERS) {
    const email = `${username}@demo.invalid`;
    const known = await adapter.findOne<{ id: string }>({
      model: 'user',
      where: [{ field: 'email', value: email }],
    });
    ids.set(username, known?.id ?? (await createUser(username, name, email)));
  }

  const { posts } = await store.posts('', { limit: 1 });
  if (posts.length > 0) return;
  for (const [i, { author, body }] of DEMO_POSTS.entries()) {
    const createdAt = new Date(Date.now() - (DEMO_POSTS.length - i) * HOUR_MS);
    await store.createPost({ authorId: ids.get(author) as string, body, createdAt });
  }

  async function createUser(username: string, name: string, email: string): Promise<string> {
    const user = await internalAdapter
      .createUser({ username, name, email, emailVerified: false }, { method: 'email' })
      .catch((error: unknown) => {
        throw new DemoError(
          `DEMO: ${name} cannot be made, since somebody has this name or username. Set DEMO=0.`,
          {
            cause: error,
          },
        );
      });
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: await (hash ??= password.hash(PASSWORD)),
    });
    return user.id;
  }
}
