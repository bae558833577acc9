import { randomInt } from 'node:crypto';
import { NAME_MAX_LENGTH } from '@live-likes/contract';
import { APIError } from 'better-auth/api';
import { z } from 'zod';

const IMAGE_MAX_LENGTH = 500;

/** What a person chooses of what everybody sees. It travels in every post and notification, so it is small. */
const profileSchema = z.object({
  name: z.string().trim().min(1).max(NAME_MAX_LENGTH).optional(),
  image: z
    .url({ protocol: /^https$/ })
    .max(IMAGE_MAX_LENGTH)
    .nullish(),
});

const EXPECTED: Record<string, string> = {
  name: `A name has 1 to ${NAME_MAX_LENGTH} characters.`,
  image: `An image is an https address of at most ${IMAGE_MAX_LENGTH} characters.`,
};

/** Everybody has a username, guests and those who signed up without one too. */
export function newProfile<User extends object>(user: User) {
  const given = 'username' in user ? user.username : null;
  return { ...changedProfile(user), username: given || `guest_${randomInt(2 ** 47).toString(36)}` };
}

export function changedProfile<Changes extends object>(changes: Changes): Changes {
  if ('username' in changes && !changes.username) throw refusal('A username cannot be taken away.');
  const { success, data, error } = profileSchema.safeParse(changes);
  if (!success) throw refusal(EXPECTED[String(error.issues[0]?.path[0])] ?? 'This profile is not valid.');
  return { ...changes, ...data };
}

function refusal(message: string) {
  return new APIError('BAD_REQUEST', { code: 'INVALID', message });
}
