/** For a focus that would be nowhere otherwise. */
export function focusMain() {
  document.getElementById('main')?.focus({ preventScroll: true });
}
