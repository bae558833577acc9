/** The built web app that the production form serves, made anew only when something it is made of has changed. */
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, runNode } from './processes.ts';

const SOURCES = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/build',
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'apps/web/package.json',
  'packages/contract/src',
  'packages/client/src',
  'package-lock.json',
];
const STAMP = path.join(root, 'apps/web/dist/.built');

/** Returns the exit code of the build, 0 when none was needed. */
export async function buildWebIfStale(): Promise<number> {
  // Taken before the build: what is saved while it runs counts as newer than it.
  const startedAt = new Date();
  if (existsSync(STAMP) && newest(SOURCES) <= statSync(STAMP).mtimeMs) return 0;
  console.log('Building the web app …');
  const script = 'node_modules/vite/bin/vite.js';
  const args = ['build', 'apps/web', '--config', 'apps/web/vite.config.ts', '--logLevel', 'warn'];
  // Whoever starts this may be a test: what is built is for production.
  const code = await runNode(script, args, { env: { NODE_ENV: 'production' } }).exited;
  if (code === 0) {
    writeFileSync(STAMP, '');
    utimesSync(STAMP, startedAt, startedAt);
  }
  return code;
}

/** Folders count too: deleting a file changes nothing but its folder. */
function newest(sources: string[]): number {
  let newestMs = 0;
  for (const source of sources) {
    const start = path.join(root, source);
    if (!existsSync(start)) continue;
    const below = statSync(start).isDirectory()
      ? readdirSync(start, { recursive: true, encoding: 'utf8' })
      : [];
    for (const file of ['', ...below])
      newestMs = Math.max(newestMs, statSync(path.join(start, file)).mtimeMs);
  }
  return newestMs;
}
