/** A package with an install script runs code of strangers on every machine that installs it, so each is named here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './processes.ts';

const ALLOWED: ReadonlySet<string> = new Set();

interface Lock {
  packages: Record<string, { hasInstallScript?: boolean }>;
}

/** A sentence for each package that would run a script and is not allowed to. */
export function installScripts(lock: Lock = readLock(), allowed = ALLOWED): string[] {
  return Object.entries(lock.packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length))
    .filter((name) => !allowed.has(name))
    .map((name) => `${name} runs a script when it is installed: do without it, or allow it by its name.`);
}

function readLock(): Lock {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock;
}
