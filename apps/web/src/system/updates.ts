import type { ToWorker } from '../worker/messages.ts';

const CHECK_MS = 3_600_000;

/**
 * Has the worker keep the app for a visit without a network. Where it cannot be had, nothing is missing but that.
 *
 * @param onReady a newer version waits to be shown; the function given reloads this tab into it. Other tabs go on
 *   with theirs.
 */
export async function startWorker(onReady: (apply: () => void) => void) {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  let asked = false;
  // The worker of a first visit takes over a page of its own version: no news.
  let controlled = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (asked) location.reload();
    else if (controlled) offer();
    controlled = true;
  });

  const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' });
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  );
  look();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') check();
  });
  setInterval(check, CHECK_MS);

  function look() {
    if (registration.waiting && controlled) offer();
  }

  function check() {
    registration.update().catch(() => undefined);
  }

  function offer() {
    onReady(() => {
      asked = true;
      const message: ToWorker = { kind: 'take-over' };
      if (registration.waiting) registration.waiting.postMessage(message);
      // Another tab has let it take over already.
      else location.reload();
    });
  }
}
