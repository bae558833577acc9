/** One arrives twice: from the terminal, and from npm. */
const ONE_CTRL_C_MS = 1_000;

/** Aborted by the first Ctrl-C, after which what it all came to is still said; another one ends everything. */
export function whenAskedToStop(): AbortSignal {
  const asked = new AbortController();
  let askedAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (asked.signal.aborted && performance.now() - askedAt > ONE_CTRL_C_MS) process.exit(130);
      askedAt ||= performance.now();
      asked.abort();
    });
  }
  return asked.signal;
}
