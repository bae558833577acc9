import type { AuthContext } from 'better-auth';

const PATH = '/sign-in/username';

interface Call {
  path?: string;
  body?: unknown;
  context: Pick<AuthContext, 'adapter' | 'internalAdapter' | 'password'>;
}

/**
 * A login as somebody who has no password, a guest, takes as long as one with a wrong password: the account
 * library sees to it for names that nobody has, and not for those.
 */
export async function takeTheirTime({ path, body, context }: Call) {
  if (path !== PATH || typeof body !== 'object' || body === null) return;
  const { username, password } = body as { username?: unknown; password?: unknown };
  if (typeof username !== 'string' || typeof password !== 'string') return;
  const user = await context.adapter.findOne<{ id: string }>({
    model: 'user',
    where: [{ field: 'username', value: username.toLowerCase() }],
  });
  if (!user || (await context.internalAdapter.findCredentialAccount(user.id))) return;
  await context.password.hash(password);
}
