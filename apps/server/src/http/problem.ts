import { STATUS_CODES } from 'node:http';
import { ErrorCode, type HttpProblem } from '@live-likes/contract';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { Refusal, toProblem } from '../errors.ts';
import type { Logger } from '../log.ts';
import { requestIdOf } from './requestId.ts';

const STATUS: Record<ErrorCode, number> = {
  INVALID: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};
const TOO_LARGE = 413;

/** What a failure with this status is called in the problem that it is told by. */
export function codeOf(status: number): ErrorCode {
  const [code = ErrorCode.INVALID] = Object.values(ErrorCode).filter((each) => STATUS[each] === status);
  return code;
}

/** Sends an error as `application/problem+json` with the code that sockets use too. */
function sendProblem(res: Response, error: unknown, status?: number) {
  const { code, message, retryAfterMs } = toProblem(error);
  const requestId = requestIdOf(res);
  const problem: HttpProblem = {
    status: status ?? STATUS[code],
    title: STATUS_CODES[status ?? STATUS[code]] ?? code,
    code,
    detail: message,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(requestId !== undefined && { requestId }),
  };
  if (retryAfterMs !== undefined) res.set('Retry-After', String(Math.ceil(retryAfterMs / 1_000)));
  res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** The one place where an HTTP call's failure becomes its answer. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  const report = (error: unknown, { method, path }: Request) =>
    log.error({ err: error, method, path }, 'call failed');

  // By its number of parameters express knows that errors go here.
  return (error: unknown, req, res, _next) => {
    // The client has broken off, or sent garbage after its request: nobody is left to be told, and nothing is wrong here.
    if (error === req.socket.errored) return;
    if (res.headersSent) {
      report(error, req);
      // So that nobody takes what they have for the whole answer.
      res.destroy();
      return;
    }
    const status = clientErrorStatus(error);
    if (status === TOO_LARGE) {
      sendProblem(res, new Refusal(ErrorCode.INVALID, 'The body is larger than 64 KB.'), TOO_LARGE);
    } else if (status !== undefined) {
      sendProblem(res, new Refusal(ErrorCode.INVALID, 'The request cannot be read.'), status);
    } else {
      if (!(error instanceof Refusal)) report(error, req);
      sendProblem(res, error);
    }
  };
}

export function notFound(_req: Request, res: Response) {
  sendProblem(res, new Refusal(ErrorCode.NOT_FOUND, 'There is nothing at this address.'));
}

/** The status that express gives a request which it could not read. */
function clientErrorStatus(error: unknown): number | undefined {
  if (error instanceof Refusal || !(error instanceof Error) || !('status' in error)) return undefined;
  return typeof error.status === 'number' && error.status < 500 ? error.status : undefined;
}
