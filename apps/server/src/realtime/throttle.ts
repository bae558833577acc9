import type { Clock } from '../clock.ts';

/**
 * Runs `work` at once when it is requested after a pause, and else once at the end of the interval:
 * never twice within `intervalMs`, and always after the last request.
 */
export function createThrottle(clock: Clock, intervalMs: number, work: () => void) {
  let timer: unknown;
  let requested = false;
  let closed = false;

  function request() {
    if (closed) return;
    requested = true;
    if (timer !== undefined) return;
    requested = false;
    timer = clock.setTimeout(() => {
      timer = undefined;
      if (requested) request();
    }, intervalMs);
    work();
  }

  return {
    request,
    /** Runs what is requested, without a wait. */
    flush() {
      if (!requested) return;
      requested = false;
      work();
    },
    close() {
      closed = true;
      clock.clearTimeout(timer);
    },
  };
}
