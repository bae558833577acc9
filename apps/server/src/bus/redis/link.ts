import { Redis } from 'ioredis';

const CONNECT_WITHIN_MS = 2_000;
const OLDEST_MAJOR = 7;

/** One pair of connections to Redis, from when both are ready until either is lost. It is never mended, but replaced. */
export interface Link {
  /** For everything but hearing. */
  commands: Redis;
  /** In subscriber mode. */
  subscriber: Redis;
  /** Resolves with the reason when it is of no use any more. */
  lost: Promise<string>;
  /** Gives it up. What is under way is rejected. */
  end(reason: string): void;
}

/**
 * Nothing is kept for later while a connection is away, nothing is tried again, and no answer is waited for without
 * end: whoever asks decides what becomes of a command that failed.
 *
 * @param answerWithinMs how long a command may take
 * @throws when Redis is away, refuses the login or is too old; the message tells no password.
 */
export async function connectLink(url: string, answerWithinMs: number): Promise<Link> {
  const { promise: lost, resolve: lose } = Promise.withResolvers<string>();
  let said: string | undefined;
  const clients = Array.from({ length: 2 }, () => {
    const client = new Redis(url, {
      lazyConnect: true,
      // The newer one names the password among the arguments of a command, which an error may quote.
      protocol: 2,
      connectTimeout: CONNECT_WITHIN_MS,
      commandTimeout: answerWithinMs,
      retryStrategy: () => null,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
      connectionName: 'live-likes',
    });
    client.on('error', (error: Error) => (said = error.message));
    client.on('end', () => end(said ?? 'The connection was closed.'));
    return client;
  });
  const [commands, subscriber] = clients as [Redis, Redis];

  let ended = false;
  function end(why: string) {
    if (ended) return;
    ended = true;
    lose(why);
    for (const client of clients) client.disconnect();
  }

  const deadline = setTimeout(() => end('Redis does not answer.'), CONNECT_WITHIN_MS + answerWithinMs);
  try {
    await Promise.all(clients.map((client) => client.connect()));
    const tooOld = whyTooOld(await commands.info('server'));
    if (tooOld) {
      said = tooOld;
      throw new Error(tooOld);
    }
  } catch (error) {
    const { message } = error as Error;
    // What was said says more than that the connection is closed.
    end(said ?? message);
    throw new Error(await lost, { cause: error });
  } finally {
    clearTimeout(deadline);
  }
  return { commands, subscriber, lost, end };
}

/** @param info what Redis says of itself. Returns null when it is new enough. */
export function whyTooOld(info: string): string | null {
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'of an unknown version';
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return null;
  return `Redis ${version} is too old: ${OLDEST_MAJOR} or newer is needed (sharded channels).`;
}
