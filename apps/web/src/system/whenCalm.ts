const CALM_MS = 2_000;

/** Resolves when the page itself has what it needs, and a moment after that. */
export async function whenCalm() {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
  await new Promise((resolve) => setTimeout(resolve, CALM_MS));
}
