import { parseArgs } from 'node:util';
import { NotSimulated } from './notSimulated.ts';

const USERS_MAX = 1_000;
const LIKES_PER_SECOND_MAX = 1_000;
const SECONDS_MAX = 3_600;

export const USAGE = `Usage: npm run simulate -- [options]

  --users 50              people, each with a connection and a guest's account, which is kept for the next time
  --likes-per-second 100  likes given or taken back by all of them together, whether or not the server keeps up
  --seconds 60            how long; Ctrl-C ends it earlier
  --url URL               the server; without it PUBLIC_URL, or http://localhost:3000
  --people FILE           where the accounts are kept; without it data/simulated-people.json`;

export interface Options {
  users: number;
  likesPerSecond: number;
  seconds: number;
  /** An origin. */
  url: string;
  peopleFile: string;
}

/**
 * @returns null when help is wanted
 * @throws {NotSimulated}
 */
export function readOptions(args: string[], defaults: { url: string; peopleFile: string }): Options | null {
  const { values } = parsed(args);
  if (values.help) return null;
  return {
    users: count('--users', values.users, USERS_MAX),
    likesPerSecond: count('--likes-per-second', values['likes-per-second'], LIKES_PER_SECOND_MAX),
    seconds: count('--seconds', values.seconds, SECONDS_MAX),
    url: originOf(values.url ?? defaults.url),
    peopleFile: values.people ?? defaults.peopleFile,
  };
}

function parsed(args: string[]) {
  const options = {
    users: { type: 'string', default: '50' },
    'likes-per-second': { type: 'string', default: '100' },
    seconds: { type: 'string', default: '60' },
    url: { type: 'string' },
    people: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args, options });
  } catch (error) {
    throw new NotSimulated(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function count(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most)
    throw new NotSimulated(`${name} must be a whole number from 1 to ${most}, not "${text}".`);
  return value;
}

function originOf(url: string): string {
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new NotSimulated(`--url must be an http or https address, not "${url}".`);
  return new URL(url).origin;
}
