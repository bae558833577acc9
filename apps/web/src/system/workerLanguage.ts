/** Caches are the one simple storage that pages and workers share. */
const CACHE = 'language';
const KEY = '/language';

/** Tells the worker in which language to speak. */
export async function setWorkerLanguage(language: string) {
  if (!('caches' in globalThis)) return;
  const cache = await caches.open(CACHE);
  await cache.put(KEY, new Response(language));
}

/** What was chosen in the app; undefined while nobody has opened it with this version. */
export async function workerLanguage(): Promise<string | undefined> {
  return (await caches.match(KEY, { cacheName: CACHE }))?.text();
}
