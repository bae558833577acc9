import { AsyncLocalStorage } from 'node:async_hooks';
import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger };

const requests = new AsyncLocalStorage<{ requestId: string }>();

/** Nothing of this is logged, should anybody ever log what it is a part of. */
const SECRETS = ['cookie', '["set-cookie"]', 'authorization', 'password', 'token', 'secret', 'body']
  // Where an error of PostgreSQL shows the values of the row that it is about.
  .concat('detail', 'where', 'internalQuery');
const PLACES = SECRETS.flatMap((key) =>
  ['', '*', '*.*', '*.*.*'].map((place) => (key.startsWith('[') || !place ? place + key : `${place}.${key}`)),
);

/** What an error holds besides words and numbers may be what it failed on, such as the bytes of a whole request. */
function serializeError(thrown: unknown): unknown {
  if (!isObject(thrown)) return thrown;
  const { errors } = thrown as Partial<AggregateError>;
  return {
    ...plain(pino.stdSerializers.err(thrown as Error)),
    ...(Array.isArray(errors) && { aggregateErrors: errors.map(serializeError) }),
  };
}

const plain = (parts: object) =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => !isObject(value)));

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** JSON lines on standard output, each with the id of the request that it comes from. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    redact: PLACES,
    serializers: { err: serializeError },
    // A copy: pino writes into it.
    mixin: () => ({ ...requests.getStore() }),
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Runs `work`, and whatever comes of it, on account of a request; the id is in its answer, too. */
export function onAccountOf<T>(requestId: string, work: () => T): T {
  return requests.run({ requestId }, work);
}
