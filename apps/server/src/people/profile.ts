import { ErrorCode, type PostsPage, type Profile } from '@live-likes/contract';
import { Refusal } from '../errors.ts';
import type { PageRequest, Store } from '../storage/store.ts';

/**
 * What everybody may see of a person; usernames are the same in upper and lower case.
 *
 * @throws {Refusal} `NOT_FOUND`
 */
export async function profileOf(store: Store, username: string): Promise<Profile> {
  const profile = await store.profile(username.toLowerCase());
  if (!profile) throw new Refusal(ErrorCode.NOT_FOUND, 'There is no such person.');
  return profile;
}

/** @throws {Refusal} `NOT_FOUND` */
export async function postsOf(
  store: Store,
  username: string,
  askerId: string,
  page: PageRequest,
): Promise<PostsPage> {
  const { user } = await profileOf(store, username);
  return store.postsBy(user.id, askerId, page);
}
