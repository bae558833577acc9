/** Versions below these have known holes. The lock file is read, since it decides what is installed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './processes.ts';

const FLOORS: Record<string, string> = {
  'socket.io-parser': '4.2.7',
  'engine.io': '6.6.9',
  ws: '8.21.0',
};

interface Lock {
  packages: Record<string, { version?: string }>;
}

/** A sentence for each package that is too old, or that is missing, so that a renamed one is not passed over. */
export function brokenFloors(lock: Lock = readLock(), floors = FLOORS): string[] {
  return Object.entries(floors).flatMap(([name, floor]) => {
    const versions = Object.entries(lock.packages)
      .filter(([place]) => place.endsWith(`node_modules/${name}`))
      .map(([, entry]) => entry.version ?? '0.0.0');
    if (versions.length === 0)
      return [`${name} is not in package-lock.json, though it must be at least ${floor}.`];
    return versions
      .filter((version) => isBelow(version, floor))
      .map((version) => `${name} ${version} has known holes: at least ${floor} is needed.`);
  });
}

function isBelow(version: string, floor: string): boolean {
  // A pre-release comes before its release.
  const order = version.localeCompare(floor, 'en', { numeric: true });
  return order < 0 || (version.includes('-') && version.startsWith(floor));
}

function readLock(): Lock {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock;
}
