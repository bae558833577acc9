/** Programs of the machine: where they are, and under whose name they may run. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';

/** Where servers lie that are not on every user's PATH. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin'];
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** The path of a program, or undefined when the machine does not have it. Of several PostgreSQLs the newest. */
export function findExecutable(name: string): string | undefined {
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    ...SERVER_FOLDERS,
    ...postgresFolders(),
  ];
  return folders.map((folder) => path.join(folder, name)).find(isExecutable);
}

function postgresFolders(): string[] {
  try {
    const versions = readdirSync(POSTGRES_VERSIONS).toSorted((a, b) => Number(b) - Number(a));
    return versions.map((version) => path.join(POSTGRES_VERSIONS, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface Identity {
  uid: number;
  gid: number;
}

/**
 * Under whom to start a service: undefined, the present user, unless that is root, as which PostgreSQL refuses to run.
 *
 * @param preferred users to look for before `nobody`.
 */
export function unprivileged(...preferred: string[]): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of [...preferred, 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => idOf(flag, user));
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error('Root cannot run this service, and there is no unprivileged user to run it.');
}

function idOf(flag: string, user: string): number | undefined {
  try {
    return Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}
