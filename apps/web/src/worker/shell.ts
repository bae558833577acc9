import { scope } from './scope.ts';

// Put in by the build: a hash of all files, and the addresses of all files, the page itself as `/`.
declare const VERSION: string;
declare const FILES: readonly string[];

const PREFIX = 'shell-';
const CACHE = PREFIX + VERSION;
/** Older versions whose files are kept for tabs that still run them. */
const KEPT = 4;
const SERVERS_OWN = /^\/(api|socket\.io|healthz|readyz|metrics)(\/|$)/;

/** Stores this version whole, or fails and is tried again. */
export async function storeShell() {
  const cache = await caches.open(CACHE);
  await cache.addAll(
    FILES.map((file) => {
      // The page has just loaded most of these, and a name with a hash never changes its content.
      const hashed = file.startsWith('/assets/');
      return new Request(file, { cache: hashed ? 'default' : 'no-cache' });
    }),
  );
}

/** A tab goes on with the version that it was loaded with, and may ask for more of its files. */
export async function dropOldShells() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  const tabs = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const unneeded = tabs.length === 0 ? older : older.slice(0, -KEPT);
  await Promise.all(unneeded.map((name) => caches.delete(name)));
}

/** The answer from the cache, for what is the shell's; null for what is between the page and the server. */
export function shellAnswer({ method, mode, url }: Request): (() => Promise<Response>) | null {
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== location.origin || SERVERS_OWN.test(pathname)) return null;
  if (FILES.includes(pathname) || pathname.startsWith('/assets/')) return () => answer(pathname);
  return mode === 'navigate' ? () => answer('/') : null;
}

async function answer(file: string): Promise<Response> {
  const options = { ignoreVary: true };
  const cache = await caches.open(CACHE);
  return (
    (await cache.match(file, options)) ??
    // A file of an older version, or a cache that the browser has emptied.
    (await caches.match(file, options)) ??
    fetch(file)
  );
}
