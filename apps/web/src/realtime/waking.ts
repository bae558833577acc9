/** Calls `listener` whenever the screen, the window or the network comes back. The answer ends that. */
export function onWaking(listener: () => void): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') listener();
    },
    { signal },
  );
  window.addEventListener('online', listener, { signal });
  window.addEventListener('focus', listener, { signal });
  return () => ended.abort();
}
