import { randomInt } from 'node:crypto';
import { NAME_MAX_LENGTH } from '@live-likes/contract';
import type { DBAdapter } from 'better-auth';
import { APIError } from 'better-auth/api';
import { z } from 'zod';
import { isReadable, skeletonOf, tidyName } from '../names.ts';
import { refuseLookalike } from './lookalikes.ts';

const IMAGE_MAX_LENGTH = 500;

/** What a person chooses of what everybody sees. It travels in every post and notification, so it is small. */
const profileSchema = z.object({
  name: z
    .string()
    .transform(tidyName)
    .pipe(z.string().min(1).max(NAME_MAX_LENGTH).refine(isReadable))
    .optional(),
  image: z
    .url({ protocol: /^https$/ })
    .max(IMAGE_MAX_LENGTH)
    .nullish(),
});

const EXPECTED: Record<string, string> = {
  name: `A name has 1 to ${NAME_MAX_LENGTH} characters, all of which can be seen.`,
  image: `An image is an https address of at most ${IMAGE_MAX_LENGTH} characters.`,
};

/** Everybody has a username, guests and those who signed up without one too. */
export async function newProfile<User extends { name: string }>(user: User, users: DBAdapter | undefined) {
  const given = 'username' in user ? user.username : null;
  const username = typeof given === 'string' && given ? given : `guest_${randomInt(2 ** 47).toString(36)}`;
  const profile = readProfile(user);
  if (users) await refuseLookalike(users, [profile.name, username]);
  return {
    ...profile,
    username,
    nameSkeleton: skeletonOf(profile.name),
    usernameSkeleton: skeletonOf(username),
  };
}

/** @param ownId whose profile it is */
export async function changedProfile<Changes extends { name?: string }>(
  changes: Changes,
  users: DBAdapter | undefined,
  ownId: string | undefined,
) {
  if ('username' in changes && !changes.username) throw refusal('A username cannot be taken away.');
  const profile = readProfile(changes);
  if (profile.name === undefined) return profile;
  if (users) await refuseLookalike(users, [profile.name], ownId);
  return { ...profile, nameSkeleton: skeletonOf(profile.name) };
}

function readProfile<Given extends object>(given: Given): Given {
  const { success, data, error } = profileSchema.safeParse(given);
  if (!success) throw refusal(EXPECTED[String(error.issues[0]?.path[0])] ?? 'This profile is not valid.');
  return { ...given, ...data };
}

function refusal(message: string) {
  return new APIError('BAD_REQUEST', { code: 'INVALID', message });
}
