import { ACTING_USER_HEADER, type HttpProblem } from '@live-likes/contract';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One HTTP call below `/api`; the answer is trusted to have the shape that the contract names. */
export type Call = <Answer>(method: Method, path: string, body?: unknown) => Promise<Answer>;

/** A refusal by the server, or no answer at all. The message is fit to be shown. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(message: string, code: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

interface CallOptions {
  /** Whose screen this is: the server refuses a change when the session is another user's by now. */
  actingUserId?: string;
  onUnauthenticated?(): void;
}

const UNAUTHENTICATED_STATUS = 401;
const NO_ANSWER = 'The server could not be reached. Check your connection and try again.';

export function createCall({ actingUserId, onUnauthenticated }: CallOptions = {}): Call {
  return async <Answer>(method: Method, path: string, body?: unknown) => {
    const headers = new Headers();
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (actingUserId) headers.set(ACTING_USER_HEADER, actingUserId);
    const response = await fetch(`/api${path}`, { method, headers, body: JSON.stringify(body) }).catch(() => {
      throw new ApiError(NO_ANSWER, 'NO_ANSWER', 0);
    });
    if (!response.ok) {
      const error = await toApiError(response);
      if (error.status === UNAUTHENTICATED_STATUS) onUnauthenticated?.();
      throw error;
    }
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  };
}

/** Our own routes answer with `detail`, better-auth's with `message`, a proxy with neither. */
async function toApiError(response: Response) {
  const problem: Partial<HttpProblem> & { message?: string } = await response.json().catch(() => ({}));
  const message = problem.detail ?? problem.message ?? fallbackMessage(response.status);
  return new ApiError(message, problem.code ?? 'INTERNAL', response.status);
}

function fallbackMessage(status: number) {
  if (status === 429) return 'Too many tries. Wait a moment and try again.';
  return status >= 502 ? NO_ANSWER : 'Something went wrong on the server. Please try again.';
}

export function messageOf(error: unknown) {
  return error instanceof ApiError ? error.message : 'Something went wrong. Please try again.';
}
