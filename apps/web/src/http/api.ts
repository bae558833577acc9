import { ACTING_USER_HEADER, type HttpProblem, type Problem } from '@live-likes/contract';
import { currentLanguage, text } from '../locales/language.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One HTTP call below `/api`; the answer is trusted to have the shape that the contract names. */
export type Call = <Answer>(method: Method, path: string, body?: unknown) => Promise<Answer>;

/** A refusal by the server, in its words, or no answer at all. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, code: string, status: number, retryAfterMs?: number) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

interface CallOptions {
  /** Whose screen this is: the server refuses a change when the session is another user's by now. */
  actingUserId?: string;
  onUnauthenticated?(): void;
  /** Aborted when the login is over. From then on nothing is sent, and nobody is told of what was under way. */
  ended?: AbortSignal;
}

const UNAUTHENTICATED_STATUS = 401;

export function createCall({ actingUserId, onUnauthenticated, ended }: CallOptions = {}): Call {
  async function send<Answer>(method: Method, path: string, body?: unknown) {
    const headers = new Headers();
    if (body !== undefined) headers.set('content-type', 'application/json');
    if (actingUserId) headers.set(ACTING_USER_HEADER, actingUserId);
    const response = await fetch(`/api${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
      // What is deleted as the page goes away is deleted all the same.
      keepalive: method === 'DELETE',
    }).catch(() => {
      throw new ApiError('', 'NO_ANSWER', 0);
    });
    if (!response.ok) {
      const error = await toApiError(response);
      if (error.status === UNAUTHENTICATED_STATUS) onUnauthenticated?.();
      throw error;
    }
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }

  return async <Answer>(method: Method, path: string, body?: unknown) => {
    if (ended?.aborted) return never();
    try {
      return await send<Answer>(method, path, body);
    } finally {
      if (ended?.aborted) await never();
    }
  };
}

const never = () => new Promise<never>(() => undefined);

/** Our own routes answer with `detail`, better-auth's with `message`, a proxy with neither. */
async function toApiError(response: Response) {
  const problem: Partial<HttpProblem> & { message?: string } = await response.json().catch(() => ({}));
  const message = problem.detail ?? problem.message ?? '';
  const code = problem.code ?? fallbackCode(response.status);
  return new ApiError(message, code, response.status, problem.retryAfterMs);
}

function fallbackCode(status: number) {
  if (status === 429) return 'TOO_MANY';
  return status >= 502 ? 'NO_ANSWER' : 'INTERNAL';
}

/** A sentence to show. The server speaks English: in other languages its codes are translated. */
export function messageOf(error: unknown): string {
  const { problems } = text();
  if (!(error instanceof ApiError)) return problems.INTERNAL;
  return problemText(error);
}

type Refused = Pick<Problem, 'message' | 'retryAfterMs'> & { code: string };

export function problemText({ code, message, retryAfterMs = 1_000 }: Refused): string {
  const { problems } = text();
  const own = problems[code];
  if (currentLanguage() === 'en') return message || own || problems.INTERNAL;
  return (own ?? problems.INTERNAL).replace('%s', `${Math.ceil(retryAfterMs / 1_000)}`);
}

/** There was no answer, or one of what stands between here and the server. */
export function isUnreachable(error: unknown) {
  return error instanceof ApiError && (error.status === 0 || (error.status >= 502 && error.status <= 504));
}
