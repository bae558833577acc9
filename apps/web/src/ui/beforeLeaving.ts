/**
 * Calls the listener when the page of this entry of the history is left for another one, as long as all of it is still
 * there; the address is that of the next one. Browsers tell of what was scrolled last with the next frame, which comes
 * too late. Returns how to end that.
 */
export function beforeLeaving(listener: () => void): () => void {
  const ended = new AbortController();
  // Captured, so that it comes before whatever changes the page.
  const options = { capture: true, signal: ended.signal };
  for (const kind of ['pushState', 'popstate']) addEventListener(kind, listener, options);
  return () => ended.abort();
}
