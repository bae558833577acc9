/** What speaks to the service worker is fetched when it is first needed: most visits never do. */
export const systemWorker = () => import('./worker.ts');

/** Off, until somebody wants it. Where it cannot be fetched there is no sound. */
const sound = () => import('./sound.ts');
const notThere = () => undefined;

export const prepareSound = () => void sound().catch(notThere);
export const unlockSound = () => void sound().then((part) => part.unlockSound(), notThere);
export const playSound = () => void sound().then((part) => part.playSound(), notThere);
