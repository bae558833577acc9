import { APIError } from 'better-auth/api';

/** Known to the account library, and told to nobody. */
export const bannedField = {
  type: 'boolean',
  required: false,
  input: false,
  returned: false,
} as const;

/** Says in a sentence what the database would refuse anyway. */
export function refuseBanned(user: object | null) {
  if (user && 'banned' in user && user.banned)
    throw new APIError('FORBIDDEN', { code: 'BANNED', message: 'This account has been banned.' });
}
