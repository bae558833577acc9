import { ErrorCode, type User, type UsersPage } from '@live-likes/contract';
import { Refusal } from '../errors.ts';
import type { PageRequest, Store } from '../storage/store.ts';

/**
 * Those whose name or username contains `text`, in the order of their usernames; everybody when it is empty.
 *
 * @param admins usernames
 * @throws {Refusal} `FORBIDDEN` for anybody but an admin: nobody else needs a list of all people.
 */
export async function searchPeople(
  store: Store,
  admins: ReadonlySet<string>,
  asker: User,
  text: string,
  page: PageRequest,
): Promise<UsersPage> {
  if (!admins.has(asker.username)) throw new Refusal(ErrorCode.FORBIDDEN, 'Only admins can search people.');
  return store.users(text.trim(), page);
}
