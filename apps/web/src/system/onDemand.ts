/** What speaks to the service worker is fetched when it is first needed: most visits never do. */
export const systemWorker = () => import('./worker.ts');
