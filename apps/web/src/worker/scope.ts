/** The worker's global scope; TypeScript's library names only what all kinds of workers have. */
export const scope = self as unknown as ServiceWorkerGlobalScope;
