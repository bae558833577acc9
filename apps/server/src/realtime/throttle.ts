/**
 * Runs `work` at once when it is requested after a pause, and else once at the end of the interval:
 * never twice within `intervalMs`, and always after the last request.
 */
export function createThrottle(intervalMs: number, work: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let requested = false;

  function request() {
    requested = true;
    if (timer) return;
    requested = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (requested) request();
    }, intervalMs);
    work();
  }

  return { request, close: () => clearTimeout(timer) };
}
