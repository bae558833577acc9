/** Why a call was refused. The same codes over HTTP and over sockets. */
export const ErrorCode = {
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  INVALID: 'INVALID',
  RATE_LIMITED: 'RATE_LIMITED',
  UNAVAILABLE: 'UNAVAILABLE',
  INTERNAL: 'INTERNAL',
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

export interface Problem {
  code: ErrorCode;
  message: string;
  retryAfterMs?: number | undefined;
  /** Names the request, or the socket, in the logs of the server. */
  requestId?: string | undefined;
}

/** The answer to every call over a socket. */
export type Result<Data> = { ok: true; data: Data } | { ok: false; error: Problem };

/** A refusal that passes by itself: trying the same again later makes sense. */
export function isPassing(problem: Problem): boolean {
  return problem.code === ErrorCode.RATE_LIMITED || problem.code === ErrorCode.UNAVAILABLE;
}
