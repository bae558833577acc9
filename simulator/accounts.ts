/** Guests at a server. They are kept in a file: the next simulation has the same people, and fills no database. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PublicConfig } from '@live-likes/contract';
import { call, read, refusal } from './api.ts';
import { NotSimulated } from './notSimulated.ts';

const TOO_MANY_REQUESTS = 429;
/** It holds logins. */
const OWNER_ALONE = 0o600;

export interface Account {
  userId: string;
  cookie: string;
}

/** By origin of the server, the cookies of its guests. */
type Kept = Record<string, string[]>;

/**
 * Logs `count` guests in: those who are kept, as far as the server still knows them, and new ones.
 *
 * @param asked to stop, with those who are in by then
 * @throws {NotSimulated} when the server is not there, is another one than ours, or lets not so many in.
 */
export async function logIn(
  url: string,
  count: number,
  file: string,
  asked: AbortSignal,
): Promise<Account[]> {
  await requireLiveLikes(url);
  const kept = readKept(file);
  const cookies = new Set(kept[url]);
  const accounts: Account[] = [];
  try {
    for (const cookie of cookies) {
      if (accounts.length === count || asked.aborted) break;
      const account = await accountOf(url, cookie);
      if (account) accounts.push(account);
      else cookies.delete(cookie);
    }
    while (accounts.length < count && !asked.aborted) {
      const guest = await newGuest(url, { count, have: accounts.length });
      accounts.push(guest);
      cookies.add(guest.cookie);
    }
  } finally {
    writeKept(file, { ...kept, [url]: [...cookies] });
  }
  return accounts;
}

async function requireLiveLikes(url: string): Promise<void> {
  const response = await call(url, 'GET', '/api/config');
  if (response.status >= 500)
    throw new NotSimulated(`The server refuses: ${(await refusal(response)).detail}`);
  const config = (await response.json().catch(() => null)) as Partial<PublicConfig> | null;
  if (typeof config?.version !== 'string') throw new NotSimulated(`${url} is not a Live Likes server.`);
}

async function accountOf(url: string, cookie: string): Promise<Account | null> {
  const response = await call(url, 'GET', '/api/auth/get-session', cookie);
  const session = await read<{ user: { id: string } } | null>(response);
  return session && { userId: session.user.id, cookie };
}

async function newGuest(url: string, { count, have }: { count: number; have: number }): Promise<Account> {
  const response = await call(url, 'POST', '/api/auth/sign-in/anonymous', '', {});
  if (response.status === TOO_MANY_REQUESTS) {
    const { retryAfterMs = 0 } = await refusal(response);
    const minutes = Math.ceil(retryAfterMs / 60_000);
    throw new NotSimulated(
      `The server lets one address make only so many accounts at a time. ${have} of ${count} people have one and ` +
        `keep it: go on with --users ${Math.max(1, have)}, try again in ${minutes} min, or start the server with LIMITS=off.`,
    );
  }
  const { user } = await read<{ user: { id: string } }>(response);
  const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
  return { userId: user.id, cookie: cookies.join('; ') };
}

function readKept(file: string): Kept {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Kept;
  } catch {
    throw new NotSimulated(`${file} cannot be read: remove it, and the people are made anew.`);
  }
}

function writeKept(file: string, kept: Kept): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(kept), { mode: OWNER_ALONE });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotSimulated(`${file} cannot be written (${reason}): name another file with --people.`);
  }
}
