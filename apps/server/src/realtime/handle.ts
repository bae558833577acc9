import {
  type ClientEvent,
  type ClientEventData,
  clientEvents,
  type ClientPayload,
  ErrorCode,
  type Result,
} from '@live-likes/contract';
import { parse, Refusal, toProblem } from '../errors.ts';
import { type Limiter, TooFast } from '../limits/limiter.ts';
import { LIKE_LIMITS } from '../limits/rates.ts';
import { type Logger, onAccountOf } from '../log.ts';
import type { Tally } from '../metrics/tally.ts';
import { terminate } from './engine.ts';
import type { LiveSocket } from './liveServer.ts';
import type { UnderWay } from './underWay.ts';

export type Handlers = {
  [E in ClientEvent]: (payload: ClientPayload<E>, socket: LiveSocket) => Promise<ClientEventData[E]>;
};

const LIKE: ClientEvent = 'like:set';

type Ack = (result: Result<unknown>) => void;

export interface EventDeps {
  handlers: Handlers;
  limiter: Limiter;
  underWay: UnderWay;
  tally: Tally;
  log: Logger;
}

/**
 * The one seam between a socket and the use cases: takes whatever a client sends, parses it, runs the
 * handler and answers. An event that nobody waits for the answer of is ignored, and nothing that
 * comes in here can throw.
 *
 * @returns what listens to any event: one function for all sockets, which are many.
 */
export function createEventListener({ handlers, limiter, underWay, tally, log }: EventDeps) {
  /** Before anything else is done for an event, also for one that is ignored in the end. */
  async function count(socket: LiveSocket, event: string) {
    const { id: userId } = socket.data.login.user;
    try {
      for (const limit of event === LIKE ? LIKE_LIMITS : (['READS'] as const))
        await limiter.take(limit, userId);
    } catch (error) {
      if (error instanceof TooFast && error.flooding) terminate(socket.conn);
      throw error;
    }
  }

  /** One function all the way: while thousands of likes wait for their commit, each promise is one for each of them. */
  async function carryOut(socket: LiveSocket, event: string, payload: unknown, answer: Ack) {
    const group = underWay.begin();
    let result: Result<unknown>;
    try {
      await count(socket, event);
      if (!isClientEvent(event)) throw new Refusal(ErrorCode.INVALID, 'There is no such event.');
      const parsed = parse(clientEvents[event], payload);
      await socket.data.admitted;
      const handler = handlers[event] as (payload: unknown, socket: LiveSocket) => Promise<unknown>;
      result = { ok: true, data: await handler(parsed, socket) };
      if (event === LIKE) tally.likes.ok += 1;
    } catch (error) {
      const requestId = socket.id;
      if (!(error instanceof Refusal)) log.error({ err: error, event, requestId }, 'event failed');
      const problem = toProblem(error);
      if (event === LIKE) tally.likes[problem.code] += 1;
      result = { ok: false, error: { ...problem, requestId } };
    }
    try {
      answer(result);
    } catch (error) {
      log.error({ err: error, event, requestId: socket.id }, 'an answer could not be sent');
    }
    underWay.end(group);
  }

  return function onEvent(this: LiveSocket, event: string, ...args: unknown[]) {
    const ack = args.pop();
    if (typeof ack !== 'function') return void count(this, event).catch(() => undefined);
    const payload = args.length === 1 ? args[0] : undefined;
    // Likes are stored and told of together, and what is logged then is on account of none of them.
    if (event === LIKE) void carryOut(this, event, payload, ack as Ack);
    else onAccountOf(this.id, () => void carryOut(this, event, payload, ack as Ack));
  };
}

function isClientEvent(event: string): event is ClientEvent {
  return Object.hasOwn(clientEvents, event);
}
