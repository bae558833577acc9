/** A connection that has gone silent without a word is given up after the sum of the two, at the latest. */
export const PINGS = { pingInterval: 25_000, pingTimeout: 20_000 };
export const SILENT_AT_MOST_MS = PINGS.pingInterval + PINGS.pingTimeout;
